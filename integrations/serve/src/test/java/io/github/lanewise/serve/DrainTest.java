package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How a service ends. */
@Timeout(120)
class DrainTest {

    private static final int FRESH = 300;

    @Test
    void whileARequestIsOpenFreshConnectionsAreAnsweredToo() throws Exception {
        BlockedModel model = new BlockedModel();
        Service service = new Service(new InferenceServer(List.of(model)));
        int port = service.port();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Socket open = new Socket("127.0.0.1", port)) {
            assertEquals("200", readiness(open));
            Future<HttpResponse<String>> answer =
                    threads.submit(
                            () -> service.post("/v2/models/blocked/infer", BlockedModel.REQUEST));
            model.begun.acquire();
            Future<Boolean> stopped =
                    threads.submit(() -> service.server.stop(Duration.ofSeconds(60)));
            while (readiness(open).equals("200")) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < FRESH; i++) {
                try (Socket fresh = new Socket("127.0.0.1", port)) {
                    assertEquals("503", readiness(fresh), "a fresh connection learns of the end");
                }
            }
            assertFalse(stopped.isDone(), "it ended before the request was answered");
            model.gate.countDown();
            assertEquals(200, answer.get().statusCode());
            assertEquals("close", answer.get().headers().firstValue("Connection").orElse(""));
            assertTrue(stopped.get());
        }
        service.close();
        assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
    }

    private static boolean isListening(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    private static String readiness(Socket open) throws IOException {
        open.getOutputStream()
                .write(
                        "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(open.getInputStream(), StandardCharsets.US_ASCII));
        String status = reader.readLine().split(" ")[1];
        String line = reader.readLine();
        int length = 0;
        while (!line.isEmpty()) {
            length =
                    line.toLowerCase(Locale.ROOT).startsWith("content-length:")
                            ? Integer.parseInt(line.substring(15).strip())
                            : length;
            line = reader.readLine();
        }
        reader.skip(length);
        return status;
    }

    @Test
    void whereTheTimeIsHalfOverNewConnectionsFindNobody() throws Exception {
        BlockedModel model = new BlockedModel();
        Service service = new Service(new InferenceServer(List.of(model)));
        int port = service.port();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Socket open = new Socket("127.0.0.1", port)) {
            assertEquals("200", readiness(open));
            Future<HttpResponse<String>> answer =
                    threads.submit(
                            () -> service.post("/v2/models/blocked/infer", BlockedModel.REQUEST));
            model.begun.acquire();
            Future<Boolean> stopped =
                    threads.submit(() -> service.server.stop(Duration.ofSeconds(8)));
            while (isListening(port)) {
                Thread.onSpinWait();
            }
            assertEquals("503", readiness(open), "a connection from before learns of the end");
            assertFalse(stopped.isDone(), "it ended before the request was answered");
            model.gate.countDown();
            assertEquals(200, answer.get().statusCode());
            assertTrue(stopped.get());
        }
        service.close();
    }

    @Test
    void whatIsNotDoneInTimeIsCut() throws Exception {
        BlockedModel model = new BlockedModel();
        Service service = new Service(new InferenceServer(List.of(model)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> answer =
                    threads.submit(
                            () -> service.post("/v2/models/blocked/infer", BlockedModel.REQUEST));
            model.begun.acquire();
            assertFalse(service.server.stop(Duration.ofMillis(100)));
            assertThrows(Exception.class, answer::get);
        }
        service.close();
    }

    @Test
    void withNothingToDoItEndsAtOnceAndTwiceIsNoFault() throws Exception {
        Service service = new Service(new InferenceServer(List.of(Models.tensors())));
        assertEquals(200, service.get("/v2").statusCode());
        assertTrue(service.server.stop(Duration.ofSeconds(60)));
        assertTrue(service.server.stop(Duration.ofSeconds(60)));
        service.close();
        assertTrue(new InferenceServer(List.of(Models.tensors())).stop(Duration.ofSeconds(1)));
    }
}
