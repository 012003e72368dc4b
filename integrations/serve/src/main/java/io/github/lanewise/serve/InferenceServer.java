package io.github.lanewise.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.github.lanewise.nn.file.FormatException;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers for models over HTTP: the Open Inference Protocol, version 2; {@code POST /predict} with
 * rows of JSON or CSV; {@code /metrics} for Prometheus; a page at {@code /}.
 *
 * <pre>{@code
 * try (InferenceServer server = new InferenceServer(List.of(new TableModel("credit", model)))) {
 *     server.start();
 *     ...
 * }
 * }</pre>
 *
 * <p>It listens on the loopback interface, port 8080, unless told otherwise. Virtual threads read
 * and write; a few threads of its own compute, each request as one batch. It keeps to {@link
 * Limits}.
 *
 * <p>The JDK's server takes some settings from system properties, once for the whole JVM; those
 * that nobody has set are set here: no delay of small packets, 10 seconds for a request to arrive,
 * 60 for a response to leave, 4,096 connections.
 */
public final class InferenceServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(InferenceServer.class.getName());

    private static final int BACKLOG = 1024;

    static {
        set("sun.net.httpserver.nodelay", "true");
        set("sun.net.httpserver.maxReqTime", "10");
        set("sun.net.httpserver.maxRspTime", "60");
        set("sun.net.httpserver.maxIdleConnections", "4096");
        set("jdk.httpserver.maxConnections", "4096");
    }

    private final SequencedMap<String, ServedModel> models = new LinkedHashMap<>();
    private final Metrics metrics = new Metrics();
    private String host = "127.0.0.1";
    private int port = 8080;
    private String token;
    private boolean insecure;
    private Limits limits = Limits.DEFAULTS;
    private HttpServer http;
    private ExecutorService handlers;
    private ComputePool pool;
    private Router router;
    private Drain drain;

    /**
     * Takes the models.
     *
     * @throws IllegalArgumentException if there is none, two have one name, or a name is none for
     *     an address
     */
    public InferenceServer(List<? extends ServedModel> served) {
        for (ServedModel model : served) {
            if (!model.name().matches("[A-Za-z0-9_.-]{1,100}")) {
                throw new IllegalArgumentException(
                        "serve: a model cannot be named '%s'; take letters, digits, dots, dashes"
                                .formatted(model.name()));
            }
            if (models.put(model.name(), model) != null) {
                throw new IllegalArgumentException(
                        "serve: two models are named '%s'; rename one".formatted(model.name()));
            }
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("serve: there are no models; give at least one");
        }
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Sets the host whose address it binds to; 127.0.0.1 unless set. */
    public InferenceServer host(String name) {
        host = name;
        return this;
    }

    /** Sets the port, 0 for any that is free; 8080 unless set. */
    public InferenceServer port(int number) {
        port = number;
        return this;
    }

    /** Sets a text that clients must show as {@code Authorization: Bearer}; null for none. */
    public InferenceServer token(String secret) {
        if (secret != null && secret.isBlank()) {
            throw new IllegalArgumentException(
                    "serve: the token is empty; give one that clients must show");
        }
        token = secret;
        return this;
    }

    /** Allows a host that others can reach, without a token. */
    public InferenceServer insecure(boolean allowed) {
        insecure = allowed;
        return this;
    }

    /** Sets the limits. */
    public InferenceServer limits(Limits others) {
        limits = others;
        return this;
    }

    /**
     * Begins to answer.
     *
     * @throws IllegalArgumentException if the host can be reached by others and there is no token
     * @throws IOException if the address is taken or none of this machine
     */
    public InferenceServer start() throws IOException {
        InetAddress address = InetAddress.getByName(host);
        if (!address.isLoopbackAddress() && token == null && !insecure) {
            throw new IllegalArgumentException(
                    "serve: --host %s can be reached by others; give a --token-file, or say --insecure"
                            .formatted(host));
        }
        announceMetrics();
        try {
            http = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "serve: cannot listen on %s port %s: %s".formatted(host, port, e.getMessage()),
                    e);
        }
        drain = new Drain(http);
        pool = new ComputePool(limits);
        router =
                new Router(
                        models,
                        limits,
                        new Access(host, address, token),
                        pool,
                        metrics,
                        () -> !drain.isDraining());
        handlers = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(handlers);
        http.createContext("/", this::handle);
        http.start();
        return this;
    }

    private void announceMetrics() {
        metrics.counter("requests_total", "Requests by endpoint and status.");
        metrics.histogram("request_duration_seconds", "Time from headers to response.");
        metrics.counter("rows_total", "Rows predicted.");
        metrics.counter("predictions_total", "Predictions by class.");
        metrics.counter("rejections_total", "Requests that a limit turned away.");
        metrics.counter("missing_values_total", "Missing values by column.");
        metrics.counter("unknown_values_total", "Levels that training has not seen, by column.");
        metrics.counter("extra_fields_total", "Fields that the model does not take.");
        metrics.gauge("queue_length", "Requests that wait.", () -> pool.waiting());
        metrics.gauge("computing", "Requests that are computed.", () -> pool.computing());
        metrics.gauge("ready", "1 if new requests are welcome.", () -> drain.isDraining() ? 0 : 1);
    }

    /** Returns where it listens; known after {@link #start}. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /** Answers one request, in a thread of the server; whatever it holds, nothing is thrown. */
    void handle(HttpExchange exchange) {
        long start = System.nanoTime();
        drain.begin();
        int status = 0;
        try {
            Response response = answer(exchange);
            status = response.status();
            send(exchange, response);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client went away");
        } finally {
            String endpoint = Router.endpoint(exchange.getRequestURI().getPath() + "");
            String code = Integer.toString(status);
            metrics.add("requests_total", 1, "endpoint", endpoint, "code", code);
            metrics.duration(
                    "request_duration_seconds", System.nanoTime() - start, "endpoint", endpoint);
            drain.end();
            exchange.close();
        }
    }

    private Response answer(HttpExchange exchange) throws IOException {
        try {
            return router.answer(exchange);
        } catch (Problem e) {
            if (e.reason() != null) {
                metrics.add("rejections_total", 1, "reason", e.reason());
            }
            return Response.of(e);
        } catch (FormatException e) {
            return Response.of(Problem.of(400, "%s", e.getMessage()));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            // the message may hold a client's values, so only where it happened is told
            LOG.log(Level.ERROR, "a mistake in Lanewise: " + place(e));
            return Response.of(Problem.of(500, "a mistake of the service; its log tells where"));
        }
    }

    private static String place(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.getClass().getName());
        StackTraceElement[] frames = failure.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, 5); i++) {
            text.append(i == 0 ? " at " : " < ").append(frames[i]);
        }
        return text.toString();
    }

    private void send(HttpExchange exchange, Response response) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        response.headers().forEach(headers::set);
        if (drain.isDraining()) {
            headers.set("Connection", "close");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(response.body().length));
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), response.body().length);
        OutputStream out = exchange.getResponseBody();
        out.write(response.body());
        out.flush();
    }

    /**
     * Ends: at once no longer ready, then answers until for a moment no request comes, and closes;
     * where they come all the time, it is deaf to new connections after half of the time.
     *
     * @param most time for that
     * @return whether all requests were answered
     */
    public boolean stop(Duration most) {
        if (http == null) {
            return true;
        }
        boolean all = drain.run(most);
        pool.close();
        handlers.close();
        return all;
    }

    /** Ends within five seconds. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(5));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "InferenceServer(%s, %s)", String.join(", ", models.keySet()), host);
    }
}
