package io.github.lanewise.bench.training;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.libtorch.Libtorch;
import io.github.lanewise.bench.report.BuildFolder;
import io.github.lanewise.bench.report.Surroundings;
import io.github.lanewise.engine.internal.FmaPeak;
import io.github.lanewise.engine.internal.simd.VectorFmaLoop;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Training and inference of our models beside other stacks, each in processes of its own. */
@Command(
        name = "bench/run training",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures training and inference of Lanewise, DJL (PyTorch), TensorFlow Java, ONNX"
                + " Runtime (inference only) and, with --python and --libtorch, PyTorch in turns,"
                + " checks that all compute the same, and prints Markdown."
        })
public final class TrainingReport implements Callable<Integer> {

    private static final List<Workload> INFERENCE =
            List.of(Workload.M1, Workload.M4, Workload.M8, Workload.M9, Workload.M10);

    /** What is measured before the starts. */
    private enum Task {
        TRAINING,
        INFERENCE
    }

    @Option(
            names = "--models",
            split = ",",
            defaultValue = "M1,M2,M3,M4,M5,M6,M7",
            description = "Which of ${COMPLETION-CANDIDATES}; M1, M4, M8, M9 and M10 answer too")
    private List<Workload> models;

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "TRAINING,INFERENCE",
            description = "Which of ${COMPLETION-CANDIDATES}")
    private List<Task> tasks;

    @Option(names = "--threads", split = ",", defaultValue = "1,2", description = "Thread counts")
    private List<Integer> threads;

    @Option(names = "--rivals", split = ",", description = "Only these beside ours")
    private List<String> rivals;

    @Option(names = "--python", description = "A Python that has PyTorch, measured in six modes")
    private Path python;

    @Option(
            names = "--libtorch",
            paramLabel = "FOLDER",
            description = "PyTorch for C++, measured in four modes: libtorch or a Python's torch")
    private Path libtorch;

    @Option(
            names = "--worker",
            paramLabel = "NAME=COMMAND",
            description = "Another contender; bench/README.md has the protocol")
    private List<String> workers = List.of();

    @Option(names = "--rounds", defaultValue = "7", description = "Turns of each on a task")
    private int rounds;

    @Option(names = "--slice", defaultValue = "200", description = "Milliseconds of a turn")
    private int sliceMillis;

    @Option(
            names = "--warm-up",
            defaultValue = "5000",
            description = "Milliseconds of a task before its first turn")
    private int warmUpMillis;

    @Mixin private Starts starts;

    @Mixin private OtherLoad otherLoad;

    @Option(
            names = "--json",
            description = "Where all rounds go; by default bench/target/training.json")
    private Path json = BuildFolder.path().resolve("training.json");

    @Spec private CommandSpec spec;

    private final Notes notes = new Notes();

    /** What the JSON file holds. */
    private record Report(
            String surroundings,
            Map<String, String> versions,
            Map<Integer, Double> fmaPeakGflops,
            Collection<String> leftOut,
            List<Series> series) {}

    /** Runs the report. */
    public static void main(String... args) {
        CommandLine line = new CommandLine(new TrainingReport());
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    System.err.println("bench: " + failure.getMessage());
                    return 1;
                });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        OurLaunch ours = new OurLaunch();
        starts.check(spec.commandLine());
        otherLoad.check(spec.commandLine());
        List<Contender> contenders = contenders(ours);
        String surroundings = Surroundings.describe(arguments());
        System.out.println(surroundings);
        Path scratch = Files.createDirectories(BuildFolder.path().resolve("training"));
        Path logs = scratch.resolve("logs");
        Path mnist = starts.mnist(scratch, notes);
        ours.rehearse(WorkloadFiles.write(Workload.M1, scratch), logs, notes);
        Map<String, String> versions = versions(contenders, logs);
        Map<Integer, Double> peaks = new LinkedHashMap<>();
        measurePeaks(peaks);
        List<Series> all = new ArrayList<>();
        Contest contest = new Contest(contenders, rounds, sliceMillis, warmUpMillis, logs, notes);
        otherLoad.start();
        try {
            for (int count : threads) {
                all.addAll(run(contest, count, scratch));
            }
        } finally {
            otherLoad.end();
        }
        measurePeaks(peaks);
        all.addAll(starts.run(contenders, mnist, Collections.max(threads), logs, notes));
        print(new Results(all), peaks);
        Report report = new Report(surroundings, versions, peaks, notes.leftOut(), all);
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report);
        System.out.println("\nAll rounds: " + json.toAbsolutePath());
        return 0;
    }

    private List<Contender> contenders(OurLaunch ours) throws IOException {
        Contenders contenders = new Contenders(ours);
        try {
            if (python != null) {
                contenders.python(python);
            }
            if (libtorch != null) {
                contenders.libtorch(Libtorch.in(libtorch), notes);
            }
            workers.forEach(contenders::worker);
            return contenders.chosen(rivals);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Asks each contender who it is, so that one that does not start is found out at once. */
    private Map<String, String> versions(List<Contender> contenders, Path logs) throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            try (Worker worker = new Worker(contender, Collections.max(threads), logs)) {
                String version = String.join(" ", worker.ask("version", "version"));
                versions.put(contender.name(), version);
                System.out.println(contender.name() + ": " + version);
            } catch (Worker.Unable e) {
                throw new IllegalStateException(
                        "%s does not start: %s; --rivals can leave it out"
                                .formatted(contender.name(), e.getMessage()),
                        e);
            }
        }
        return versions;
    }

    private List<Series> run(Contest contest, int count, Path scratch) throws IOException {
        List<Series> all = new ArrayList<>();
        for (Workload workload : tasks.contains(Task.TRAINING) ? models : List.<Workload>of()) {
            Path folder = WorkloadFiles.write(workload, scratch);
            all.addAll(contest.train(workload, folder, count));
        }
        for (Workload workload : tasks.contains(Task.INFERENCE) ? INFERENCE : List.<Workload>of()) {
            if (models.contains(workload)) {
                Path folder = WorkloadFiles.write(workload, scratch);
                all.addAll(contest.infer(workload, 1, folder, count));
                all.addAll(contest.infer(workload, workload.answeringBatch(), folder, count));
            }
        }
        return all;
    }

    private void print(Results results, Map<Integer, Double> peaks) {
        System.out.println("\nFMA peak by threads, GFLOP/s: " + peaks);
        TrainingTables tables = new TrainingTables(System.out, results, peaks);
        threads.forEach(tables::printTraining);
        tables.printSummary();
        threads.forEach(tables::printInference);
        tables.printFootprint(Collections.max(threads));
        if (!notes.leftOut().isEmpty()) {
            System.out.println("\nLeft out:\n");
            notes.leftOut().forEach(note -> System.out.println("* " + note));
        }
    }

    /**
     * Measures the FMA peak and keeps the higher of two measurements, since the machine may drift.
     */
    private void measurePeaks(Map<Integer, Double> peaks) {
        for (int count : threads) {
            peaks.merge(count, FmaPeak.measure(new VectorFmaLoop(), count), Math::max);
        }
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("training"));
        arguments.addAll(spec.commandLine().getParseResult().originalArgs());
        return arguments;
    }
}
