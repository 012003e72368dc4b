package io.github.lanewise.examples.fuzz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** The other end of a connection: says something, and reads the answer to its end. */
final class Peer {

    private static final int MOST_MILLIS = (int) TimeUnit.SECONDS.toMillis(30);
    private static final int LONGEST_ANSWER = 1 << 22;

    private Peer() {}

    /** Returns the answer; empty if the server hangs up without one. */
    static byte[] say(int port, byte[] words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MOST_MILLIS);
            socket.getOutputStream().write(words);
            socket.shutdownOutput();
            return socket.getInputStream().readNBytes(LONGEST_ANSWER);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer and no end", e);
        } catch (IOException e) {
            return new byte[0]; // it need not listen to the end
        }
    }
}
