package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.serve.InferenceServer;
import io.github.lanewise.serve.Limits;
import io.github.lanewise.serve.ModelLoader;
import io.github.lanewise.serve.ServedModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Answers for models over HTTP until a signal ends it. */
@Command(
        name = "serve",
        header = "Answer for saved models over HTTP, and show a page to try them.",
        description =
                "Speaks the Open Inference Protocol (/v2), takes rows of JSON or CSV at /predict,"
                    + " and tells Prometheus of itself at /metrics. After SIGTERM or Ctrl-C it is"
                    + " no longer ready, answers what it has accepted, and ends.",
        sortOptions = false,
        showDefaultValues = true)
final class ServeCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;
    private static final int MOST_TOKEN = 4096;
    private static final int MOST_SECONDS = 3600;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Parameters(
            arity = "1..*",
            paramLabel = "MODEL",
            description =
                    "files of models; named after the file, or its folder if it is"
                            + " model.safetensors")
    private List<Path> files;

    @Option(names = "--port", paramLabel = "N", description = "port to listen on; 0 for a free one")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "name or address to listen on; others than this machine's own need a token")
    private String host = "127.0.0.1";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file with a text that clients must show: Authorization: Bearer TEXT")
    private Path tokenFile;

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            description = "longest body of a request, in bytes, or with k or m")
    private String maxBody = "1m";

    @Option(names = "--queue", paramLabel = "N", description = "requests that may wait for a core")
    private int queue = 64;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description = "time for what is left to answer after a signal")
    private int drain = 5;

    @Option(
            names = "--insecure",
            description = "let everybody ask who reaches --host, without a token")
    private boolean insecure;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BadInput.require(port >= 0 && port <= MOST_PORT, "--port", port, "from 0 to 65535");
        BadInput.require(queue >= 0, "--queue", queue, "0 or more");
        BadInput.require(
                drain >= 0 && drain <= MOST_SECONDS, "--drain", drain, "from 0 to 3600 seconds");
        List<ServedModel> models = new ArrayList<>();
        for (Path file : files) {
            models.add(ModelLoader.load(file));
        }
        InferenceServer server;
        try {
            server =
                    new InferenceServer(models)
                            .host(host)
                            .port(port)
                            .token(token())
                            .insecure(insecure)
                            .limits(Limits.DEFAULTS.bodyBytes(bytes(maxBody)).waiting(queue))
                            .start();
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage(), e);
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> server.stop(Duration.ofSeconds(drain)), "drain"));
        announce(server, models);
        // the signal that ends the JVM gives the exit code
        new CountDownLatch(1).await();
        return 0;
    }

    private void announce(InferenceServer server, List<ServedModel> models) {
        PrintWriter out = spec.commandLine().getOut();
        String shown = host.contains(":") ? "[" + host + "]" : host;
        out.println(
                text(
                        "Serving %s on http://%s:%d/",
                        String.join(", ", models.stream().map(ServedModel::name).toList()),
                        shown,
                        server.address().getPort()));
        out.flush();
    }

    private String token() throws IOException {
        if (tokenFile == null) {
            return null;
        }
        BadInput.require(
                Files.size(tokenFile) <= MOST_TOKEN,
                "--token-file",
                tokenFile,
                text("a file of at most %d bytes", MOST_TOKEN));
        String token = Files.readString(tokenFile).strip();
        BadInput.require(
                token.matches("[\\x21-\\x7e]+"),
                "--token-file",
                tokenFile,
                "one line of ASCII without blanks");
        return token;
    }

    /** Reads a number of bytes, such as 500k or 1m. */
    private static int bytes(String size) {
        String lower = size.toLowerCase(Locale.ROOT);
        int shift = lower.endsWith("k") ? 10 : lower.endsWith("m") ? 20 : 0;
        String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
        long bytes = digits.matches("\\d{1,9}") ? Long.parseLong(digits) << shift : 0;
        int most = 100_000_000;
        BadInput.require(
                bytes > 0 && bytes <= most, "--max-body", size, "such as 500k or 1m, up to 95m");
        return (int) bytes;
    }
}
