package io.github.lanewise.bench.collective;

import io.github.lanewise.bench.report.LaunchFlags;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of those that take turns: how its processes are started, and what they measured so far. */
final class Contender {

    final String name;
    final List<Times> rounds = new ArrayList<>();
    private final int processes;
    private final boolean ours;
    private final List<String> command;

    private Contender(String name, int processes, boolean ours, List<String> command) {
        this.name = name;
        this.processes = processes;
        this.ours = ours;
        this.command = command;
    }

    /** Workers of ours, of one thread each. */
    static Contender ours(String name, int workers, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(LaunchFlags.USUAL);
        command.addAll(LaunchFlags.QUIET);
        command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Dlanewise.threads=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(CollectiveWorker.class.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Contender(name, workers, true, command);
    }

    /** A program that starts its workers itself. */
    static Contender program(String name, List<String> command) {
        return new Contender(name, 1, false, command);
    }

    /** Runs once, in fresh processes. */
    void run() throws IOException, InterruptedException {
        String coordinator = "127.0.0.1:" + freePort();
        List<Process> all = new ArrayList<>();
        try {
            for (int rank = 0; rank < processes; rank++) {
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
                if (ours) {
                    builder.environment()
                            .putAll(
                                    Map.of(
                                            "LANEWISE_RANK", "" + rank,
                                            "LANEWISE_SIZE", "" + processes,
                                            "LANEWISE_COORDINATOR", coordinator));
                }
                all.add(builder.start());
            }
            List<String> output;
            try (var lines = all.getFirst().inputReader()) {
                output = lines.lines().toList();
            }
            rounds.add(Times.find(name, output));
        } finally {
            for (Process process : all) {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    double median() {
        double[] medians = rounds.stream().mapToDouble(Times::median).sorted().toArray();
        return medians[medians.length / 2];
    }

    double best() {
        return rounds.stream().mapToDouble(Times::median).min().orElseThrow();
    }

    double low() {
        return rounds.stream().mapToDouble(Times::low).min().orElseThrow();
    }

    double high() {
        return rounds.stream().mapToDouble(Times::high).max().orElseThrow();
    }

    double waiting() {
        return rounds.stream().mapToDouble(Times::waiting).average().orElseThrow();
    }
}
