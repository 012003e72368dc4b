package io.github.lanewise.bench.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A contender's process: takes a request, a line, and gives an answer, a line. */
final class Worker implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 600;
    private static final int END_SECONDS = 10;
    private static final long STILL_MILLIS = 30;
    private static final int MOST_LOOKS = 40;

    private final Contender contender;
    private final Path log;
    private final long begin = System.nanoTime();
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream requests;

    /** The contender cannot do what it was asked for, or has failed. */
    static final class Unable extends Exception {

        private static final long serialVersionUID = 1;

        private Unable(String message) {
            super(message);
        }
    }

    /** Starts a process; what it prints beside answers goes to a log in the folder. */
    Worker(Contender contender, int threads, Path logs) throws IOException {
        this.contender = contender;
        Files.createDirectories(logs);
        log = logs.resolve(contender.name() + ".log");
        ProcessBuilder builder = new ProcessBuilder(contender.command().apply(threads));
        builder.environment().putAll(Contender.environment(threads));
        process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    Contender contender() {
        return contender;
    }

    /** Returns the seconds since the start of the process. */
    double age() {
        return (System.nanoTime() - begin) * 1e-9;
    }

    /**
     * Makes a request and returns the words of the answer after the first, which must be the
     * expected one.
     */
    String[] ask(String request, String expected) throws Unable {
        requests.println(request);
        String line = answer(request);
        String[] words = line.split(" ");
        if (words[0].equals("skip")) {
            throw new Unable(line.substring(words[0].length()).strip());
        }
        if (!words[0].equals(expected)) {
            throw new Unable(
                    "answered '%s' to '%s'; expected a line that begins with '%s'"
                            .formatted(line, request, expected));
        }
        return Arrays.copyOfRange(words, 1, words.length);
    }

    private String answer(String request) throws Unable {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readLine);
        try {
            String text = line.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                process.waitFor();
                throw new Unable(
                        "ended with %d at '%s'; what it printed is in %s"
                                .formatted(process.exitValue(), request, log));
            }
            return text;
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new Unable(
                    "no answer to '%s' within %d s; what it printed is in %s"
                            .formatted(request, TIMEOUT_SECONDS, log));
        } catch (ExecutionException e) {
            throw new Unable("cannot be read: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the contest was interrupted", e);
        }
    }

    private String readLine() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the most memory that the process has held so far, in megabytes. */
    double peakMegabytes() throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024e-6;
            }
        }
        return Double.NaN;
    }

    /** Waits until the process uses no more CPU time: until its threads have stopped spinning. */
    void rest() throws IOException {
        long before = ticks();
        for (int look = 0; look < MOST_LOOKS; look++) {
            try {
                Thread.sleep(STILL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the contest was interrupted", e);
            }
            long now = ticks();
            if (now == before) {
                return;
            }
            before = now;
        }
    }

    /** Returns the CPU time so far, in the kernel's ticks of 10 ms. */
    private long ticks() throws IOException {
        String text = Files.readString(proc("stat"));
        String[] afterName = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(afterName[11]) + Long.parseLong(afterName[12]);
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    /** Lets the process end by itself, however long that takes. */
    void end() {
        requests.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process, by force if it takes long. */
    @Override
    public void close() {
        requests.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
