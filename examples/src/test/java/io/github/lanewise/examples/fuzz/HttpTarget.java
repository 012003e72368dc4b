package io.github.lanewise.examples.fuzz;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.serve.BareRequests;
import io.github.lanewise.serve.InferenceServer;
import io.github.lanewise.serve.Limits;
import io.github.lanewise.serve.TensorModel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP service: whatever arrives, no answer blames the server, and it goes on answering. Over
 * connections, with what the JDK makes of the bytes, or without, which is many times as fast.
 */
final class HttpTarget implements FuzzTarget {

    private static final String INFER =
            "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,3],\"datatype\":\"FP32\","
                    + "\"data\":[1,2,3]}]}";

    /** 503 for want of a core, which a busy machine may give, is no fault of the server's. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Pattern SOUND = Pattern.compile("HTTP/1\\.1 [1234]\\d\\d");

    private final InferenceServer server;
    private final int port;
    private final boolean connects;
    private final BareRequests bare;
    private long requests;

    HttpTarget(boolean connects) throws IOException {
        this.connects = connects;
        TensorModel model =
                new TensorModel("m", new Linear(3, 2), new Shape(3), 1, 0, List.of("a", "b"));
        Limits limits = Limits.DEFAULTS.longestWait(LONG).longestRequest(LONG);
        server = new InferenceServer(List.of(model)).port(0).limits(limits).start();
        port = server.address().getPort();
        bare = new BareRequests(server);
    }

    @Override
    public String name() {
        return connects ? "http" : "request";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                request("GET /v2/health/ready", ""),
                request("GET /metrics", ""),
                request("GET /", ""),
                request("GET /v2/models/m", ""),
                request("POST /v2/models/m/infer", INFER),
                request("POST /predict", "[[1,2,3],[4,5,6]]"),
                request("POST /predict", "[{\"input\":[1,2,3]}]"));
    }

    private static byte[] request(String line, String body) {
        String text =
                "%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(line, body.length(), body);
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void read(byte[] input) {
        if (!connects) {
            bare.answer(input);
            return;
        }
        check(Peer.say(port, input));
        if (++requests % 100 == 0) {
            String health = new String(Peer.say(port, seeds().get(0)), StandardCharsets.ISO_8859_1);
            if (!health.startsWith("HTTP/1.1 200")) {
                throw new AssertionError("it is not well any more: " + health);
            }
        }
    }

    private static void check(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        boolean refused = text.startsWith("HTTP/1.1 501") || text.startsWith("HTTP/1.1 505");
        boolean sound = text.isEmpty() || SOUND.matcher(text).lookingAt();
        if (!sound && !refused) {
            throw new AssertionError("answer " + text.lines().findFirst().orElse(""));
        }
    }

    @Override
    public boolean isDocumented(Exception e) {
        return false;
    }

    @Override
    public void close() {
        server.close();
    }
}
