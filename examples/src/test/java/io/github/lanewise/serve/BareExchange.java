package io.github.lanewise.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A request and its answer without a connection: what the JDK makes of bytes, and sends. */
final class BareExchange extends HttpExchange {

    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final String method;
    private final URI address;
    private final Headers asked;
    private final Headers answered = new Headers();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final InputStream body;
    private int status = -1;
    private long announced;
    private boolean closed;

    BareExchange(String method, URI address, Headers headers, byte[] body) {
        this.method = method;
        this.address = address;
        this.asked = headers;
        this.body = new ByteArrayInputStream(body);
    }

    /** Returns what the answer breaks of the rules; null if nothing. */
    String fault() {
        if (!closed || status < 0) {
            return "no answer, or no end";
        }
        if (status < 200 || status >= 500) {
            return "answer " + status + " " + answer;
        }
        return answer.size() == Math.max(0, announced)
                ? null
                : "%d bytes announced, %d sent".formatted(announced, answer.size());
    }

    /** Returns the body of the answer. */
    byte[] answer() {
        return answer.toByteArray();
    }

    @Override
    public void sendResponseHeaders(int code, long length) {
        if (status >= 0) {
            throw new AssertionError("a second answer, " + code + " after " + status);
        }
        status = code;
        announced = length;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Headers getRequestHeaders() {
        return asked;
    }

    @Override
    public Headers getResponseHeaders() {
        return answered;
    }

    @Override
    public URI getRequestURI() {
        return address;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public HttpContext getHttpContext() {
        return null;
    }

    @Override
    public InputStream getRequestBody() {
        return body;
    }

    @Override
    public OutputStream getResponseBody() {
        return answer;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return HERE;
    }

    @Override
    public int getResponseCode() {
        return status;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return HERE;
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public Object getAttribute(String name) {
        return null;
    }

    @Override
    public void setAttribute(String name, Object value) {}

    @Override
    public void setStreams(InputStream in, OutputStream out) {}

    @Override
    public HttpPrincipal getPrincipal() {
        return null;
    }
}
