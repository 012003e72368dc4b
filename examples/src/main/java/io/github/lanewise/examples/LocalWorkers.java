package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts this program several times, as workers that meet on the loopback device. Rank 0 speaks; of
 * the others only what they complain about is shown.
 */
final class LocalWorkers {

    /** The exit code of a worker that lost another one. */
    static final int LOST = 3;

    /** What is to be done then. */
    static final String AFTER_A_LOSS =
            "start all workers again; with --checkpoint and --resume they go on where they were";

    /** The exit codes from here on are those of processes that a signal ended. */
    private static final int SIGNALS = 128;

    /** How long the others have to notice by themselves that one has failed. */
    private static final int SECONDS_TO_NOTICE = 10;

    private static final int MOST_SECONDS_TO_END = 30;
    private static final String HARMLESS = "WARNING: Using incubator modules";

    private final List<Process> processes = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final PrintWriter err;

    private LocalWorkers(PrintWriter err) {
        this.err = err;
    }

    /**
     * Starts the workers and waits for all of them.
     *
     * @param arguments of the program
     * @return 0 if all succeeded, 3 if one was lost or killed, else what they complained with
     */
    static int run(int size, List<String> arguments, PrintWriter err)
            throws IOException, InterruptedException {
        LocalWorkers workers = new LocalWorkers(err);
        Thread end = new Thread(workers::end, "end of workers");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            String coordinator = "127.0.0.1:" + freePort();
            for (int rank = 0; rank < size; rank++) {
                workers.start(rank, size, coordinator, arguments);
            }
            return workers.code();
        } finally {
            workers.end();
        }
    }

    /** Returns a port of the loopback device that nobody uses. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void start(int rank, int size, String coordinator, List<String> arguments)
            throws IOException {
        ProcessBuilder builder = ChildProgram.worker(rank, size, coordinator, List.of(), arguments);
        builder.redirectOutput(rank == 0 ? Redirect.INHERIT : Redirect.DISCARD);
        Process process = builder.start();
        processes.add(process);
        readers.add(Thread.ofPlatform().daemon().start(() -> show(process)));
    }

    private void show(Process process) {
        try (BufferedReader lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(HARMLESS) && said.add(line)) {
                    err.println(line);
                }
            }
        } catch (IOException e) {
            err.println(Reason.of(e));
        }
    }

    private int code() throws InterruptedException {
        Process failed = firstToFail();
        if (failed != null) {
            endOthers(failed);
        }
        int code = failed == null ? 0 : LOST;
        for (Process process : processes) {
            int own = process.waitFor();
            boolean ownFault = failed != null && failed.exitValue() < SIGNALS;
            if (ownFault && own < SIGNALS && own != 0 && own != LOST) {
                code = own;
            }
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return code;
    }

    /** Returns null once all have succeeded. */
    private Process firstToFail() {
        CompletableFuture<Process> failed = new CompletableFuture<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Process process : processes) {
            ends.add(
                    process.onExit()
                            .thenAccept(
                                    ended -> {
                                        if (ended.exitValue() != 0) {
                                            failed.complete(ended);
                                        }
                                    }));
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> failed.complete(null));
        return failed.join();
    }

    /** Ends those that still wait for one that never came. */
    private void endOthers(Process failed) throws InterruptedException {
        if (!haveEndedWithin(SECONDS_TO_NOTICE, processes)) {
            end();
            err.println(
                    text(
                            "rank %d ended with exit code %d; the others, who wait for it, are"
                                    + " ended",
                            processes.indexOf(failed), failed.exitValue()));
        }
    }

    /** Ends those that still run, as they are when this program is ended. */
    private void end() {
        try {
            end(processes, MOST_SECONDS_TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks processes to end, and ends those that do not listen: one that is stopped never would.
     */
    static void end(List<Process> processes, long seconds) throws InterruptedException {
        processes.forEach(Process::destroy);
        if (!haveEndedWithin(seconds, processes)) {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static boolean haveEndedWithin(long seconds, List<Process> processes)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        boolean all = true;
        for (Process process : processes) {
            all &= process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return all;
    }
}
