package io.github.lanewise.bench.cold;

import io.github.lanewise.bench.report.LaunchFlags;
import io.github.lanewise.bench.report.Surroundings;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a program pays before it is fast: {@code bench/run cold}.
 *
 * <p>Each figure comes from a fresh JVM and counts from before the process exists. Ways of starting
 * take turns, so that what slows the machine for a while slows them all.
 */
public final class ColdStart {

    private static final int ROUNDS = 7;

    private final Map<String, List<String>> ways = new LinkedHashMap<>();
    private final Map<String, Milestones> results = new LinkedHashMap<>();
    private final Path cache = Files.createTempDirectory("lanewise-cold").resolve("cold.jsa");
    private final String data = System.getenv("LANEWISE_DATA");

    private ColdStart() throws IOException {
        List<String> cached = new ArrayList<>(LaunchFlags.USUAL);
        cached.add("-XX:SharedArchiveFile=" + cache);
        cached.addAll(LaunchFlags.QUIET);
        ways.put("as examples/run does", cached);
        ways.put("without its cache", LaunchFlags.USUAL);
        ways.put("java alone", List.of());
        ways.put("SIMD at once", List.of("-Dlanewise.kernels=simd"));
        ways.put("reference kernels", List.of("-Dlanewise.kernels=scalar"));
        ways.keySet().forEach(way -> results.put(way, new Milestones()));
    }

    /** Prints a table; the argument, if there is one, is the number of rounds. */
    public static void main(String... arguments) throws IOException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        System.out.println(Surroundings.describe(List.of("cold " + String.join(" ", arguments))));
        new ColdStart().measure(rounds);
    }

    private void measure(int rounds) throws IOException {
        try {
            run(List.of("-XX:ArchiveClassesAtExit=" + cache, "-XX:+UseSerialGC"), "train");
            for (int round = 0; round < rounds; round++) {
                for (Map.Entry<String, List<String>> way : ways.entrySet()) {
                    Milestones milestones = results.get(way.getKey());
                    milestones.add(run(way.getValue(), "train"));
                    milestones.add(run(way.getValue(), "multiply"));
                }
            }
        } finally {
            Files.deleteIfExists(cache);
            Files.deleteIfExists(cache.getParent());
        }
        print();
    }

    /** Starts a JVM and returns when it had done what, and how much memory it held. */
    private Map<String, Double> run(List<String> flags, String what) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ColdProgram.class.getName(), what));
        if (what.equals("train") && data != null) {
            command.add(data);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                double millis = (System.nanoTime() - start) / 1e6;
                note(figures, what, line.split(" "), millis);
            }
        }
        return figures;
    }

    private static void note(
            Map<String, Double> figures, String what, String[] words, double millis) {
        switch (words[0]) {
            case "step", "epoch", "go" -> figures.put(words[0], millis);
            case "product" ->
                    figures.put("product", figures.remove("go") + Double.parseDouble(words[1]));
            case "peak" -> figures.put(what + " peak", Double.parseDouble(words[1]) / 1024);
            default -> {}
        }
    }

    private void print() {
        System.out.printf(
                "%nMedian (best) since the process was started; data: %s%n%n",
                data == null ? "made up" : "MNIST, read from its .gz files");
        System.out.println(
                "| start | first step, ms | end of epoch, ms | product at 80 %, ms | peak, MB |");
        System.out.println("|---|---|---|---|---|");
        results.forEach(
                (way, m) ->
                        System.out.printf(
                                "| %s | %s | %s | %s | %s |%n",
                                way,
                                m.show("step"),
                                m.show("epoch"),
                                m.show("product"),
                                m.show("train peak")));
    }
}
