package io.github.lanewise.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.bench.report.BuildFolder;
import io.github.lanewise.bench.report.Surroundings;
import io.github.lanewise.engine.internal.FmaPeak;
import io.github.lanewise.engine.internal.simd.VectorFmaLoop;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Our matrix product beside those of other libraries, in one JVM, in turns. */
@Command(
        name = "bench/run peers",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures float matrix products of Lanewise, oneDNN, MKL, OpenBLAS, VectorBLAS, EJML"
                + " and ojAlgo in turns, checks every result against double precision, and prints"
                + " Markdown."
        })
public final class PeersReport implements Callable<Integer> {

    private static final Map<String, Supplier<Rival>> RIVALS = new LinkedHashMap<>();

    static {
        RIVALS.put("Lanewise", Lanewise::new);
        // Before oneDNN: MKL does not find its own OpenMP once GNU's is there.
        RIVALS.put("MKL", Mkl::new);
        RIVALS.put("oneDNN-sgemm", OneDnn::sgemm);
        RIVALS.put("oneDNN-matmul", OneDnn::matmul);
        RIVALS.put("OpenBLAS", OpenBlas::new);
        RIVALS.put("VectorBLAS", VectorBlas::new);
        RIVALS.put("EJML", Ejml::new);
        RIVALS.put("ojAlgo", OjAlgo::new);
    }

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "Thread counts")
    private List<Integer> threads;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue =
                    "NN:64x64x64,NN:128x128x128,NN:256x256x256,NN:512x512x512,NN:1024x1024x1024,"
                            + "NN:2048x2048x2048,NN:64x784x256,NN:128x784x512,NN:128x512x256,"
                            + "NN:256x1024x1024,TN:784x64x256,TN:784x128x512,NT:128x512x512,"
                            + "NN:1x784x256,NN:64x128x10,NN:32x2x20",
            description = "Forms and sizes, m x k x n")
    private List<String> shapes;

    @Option(names = "--rivals", split = ",", description = "Only these beside ours")
    private List<String> chosen;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Turns of each library on a shape")
    private int rounds;

    @Option(names = "--slice", defaultValue = "150", description = "Milliseconds of a turn")
    private int sliceMillis;

    @Option(
            names = "--json",
            description = "Where all rounds go; by default bench/target/peers.json")
    private Path json = BuildFolder.path().resolve("peers.json");

    @Spec private CommandSpec spec;

    /** What the JSON file holds. */
    private record Report(
            String surroundings,
            Map<String, String> versions,
            Map<Integer, Double> fmaPeakGflops,
            List<Series> series) {}

    /** Runs the report. */
    public static void main(String... args) {
        System.exit(new CommandLine(new PeersReport()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        checkArguments();
        String surroundings = Surroundings.describe(arguments());
        System.out.println(surroundings);
        Map<Integer, Double> peaks = new LinkedHashMap<>();
        measurePeaks(peaks);
        List<Rival> rivals = rivals();
        Map<String, String> versions = new LinkedHashMap<>();
        rivals.forEach(rival -> versions.put(rival.name(), rival.version()));
        versions.forEach((name, version) -> System.out.println(name + ": " + version));
        Contest contest = new Contest(rivals, rounds, sliceMillis);
        List<Series> all = new ArrayList<>();
        for (int count : threads) {
            all.addAll(run(contest, count));
        }
        measurePeaks(peaks);
        System.out.println("\nFMA peak by threads, GFLOP/s: " + peaks);
        for (int count : threads) {
            print(all.stream().filter(one -> one.threads() == count).toList(), count, peaks);
        }
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(json.toFile(), new Report(surroundings, versions, peaks, all));
        System.out.println("\nAll rounds: " + json.toAbsolutePath());
        return 0;
    }

    /** Complains at once rather than after minutes. */
    private void checkArguments() {
        if (chosen != null && !RIVALS.keySet().containsAll(chosen)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rivals: %s; each must be one of %s".formatted(chosen, RIVALS.keySet()));
        }
        try {
            shapes.forEach(GemmShape::parse);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<Series> run(Contest contest, int count) {
        List<Series> all = new ArrayList<>();
        for (String shape : shapes) {
            System.err.printf("%s, threads %d%n", shape, count);
            all.addAll(contest.run(shape, count));
        }
        return all;
    }

    private void print(List<Series> series, int count, Map<Integer, Double> peaks) {
        PeersTable table = new PeersTable(System.out);
        Standings medians = new Standings(series, Series::median);
        Standings bests = new Standings(series, Series::best);
        String threadsText = count == 1 ? "1 thread" : count + " threads";
        String title = ", GFLOP/s, %s of %d rounds".formatted("%s", rounds);
        table.print(threadsText + title.formatted("median"), medians, peaks.get(count));
        table.print(threadsText + title.formatted("best"), bests, peaks.get(count));
        table.printSummary(medians, bests);
    }

    /**
     * Measures the FMA peak and keeps the higher of two measurements, since the machine may drift.
     */
    private void measurePeaks(Map<Integer, Double> peaks) {
        for (int count : threads) {
            peaks.merge(count, FmaPeak.measure(new VectorFmaLoop(), count), Math::max);
        }
    }

    private List<Rival> rivals() {
        List<Rival> rivals = new ArrayList<>();
        RIVALS.forEach(
                (name, maker) -> {
                    if (name.equals(Standings.OURS) || chosen == null || chosen.contains(name)) {
                        rivals.add(maker.get());
                    }
                });
        return rivals;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("peers"));
        arguments.addAll(spec.commandLine().getParseResult().originalArgs());
        return arguments;
    }
}
