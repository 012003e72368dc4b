package io.github.lanewise.bench.collective;

import io.github.lanewise.bench.report.BuildFolder;
import io.github.lanewise.bench.report.OptionValues;
import io.github.lanewise.bench.report.Surroundings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What does it cost that workers share a batch? Beside PyTorch's gloo and Open MPI. */
public final class CollectiveBenchmark {

    private static final String USAGE =
            """
            Usage: bench/run collective [--python PYTHON] [--mpi BIN] [--bytes 4194304] [--rounds 5]
                                        [--repetitions 300] [--rows 256] [--steps 200]

            Prints two tables: the time in which two processes of this machine add a gradient, and
            the time of a step of M3 on one worker and on two, of one thread each.

              --python        a Python with PyTorch: its gloo takes part
              --mpi           the folder of Open MPI's mpicc and mpirun: it takes part
              --bytes         of the gradient
              --rounds        turns of each, in fresh processes
              --repetitions   reductions in a turn, after as many of warm-up
              --rows          of a batch on each worker
              --steps         in a turn, after as many of warm-up; 0 leaves training out
            """;

    private Path python;
    private Path mpi;
    private int bytes = 4 << 20;
    private int rounds = 5;
    private int repetitions = 300;
    private int rows = 256;
    private int steps = 200;

    private CollectiveBenchmark() {}

    /** Exits with 0, or with 2 if the arguments are wrong. */
    public static void main(String... args) throws IOException, InterruptedException {
        CollectiveBenchmark benchmark = new CollectiveBenchmark();
        try {
            if (benchmark.parse(args)) {
                List<String> command = new ArrayList<>(List.of("collective"));
                command.addAll(List.of(args));
                System.out.println(Surroundings.describe(command));
                benchmark.run();
            } else {
                System.out.print(USAGE);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "bench: " + e.getMessage() + "; bench/run collective --help lists the options");
            System.exit(2);
        }
    }

    /** Reads the arguments; returns false if they ask for help. */
    private boolean parse(String... args) {
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--help")) {
                return false;
            }
            switch (args[i]) {
                case "--python" -> python = Path.of(OptionValues.value(args, i));
                case "--mpi" -> mpi = Path.of(OptionValues.value(args, i));
                case "--bytes" -> bytes = OptionValues.number(args, i, Float.BYTES);
                case "--rounds" -> rounds = OptionValues.number(args, i, 1);
                case "--repetitions" -> repetitions = OptionValues.number(args, i, 1);
                case "--rows" -> rows = OptionValues.number(args, i, 1);
                case "--steps" -> steps = OptionValues.number(args, i, 0);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        return true;
    }

    private void run() throws IOException, InterruptedException {
        List<Contender> reductions = reductions();
        takeTurns(reductions);
        System.out.printf(
                Locale.ROOT,
                "%nAll-reduce of %,d bytes between two processes, milliseconds; percentiles over"
                    + " all rounds%n%n| | median of %d rounds | best round | 10 %% | 90 %% | time"
                    + " of ours |%n|---|---:|---:|---:|---:|---:|%n",
                bytes,
                rounds);
        for (Contender one : reductions) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                    one.name,
                    one.median(),
                    one.best(),
                    one.low(),
                    one.high(),
                    one.median() / reductions.getFirst().median());
        }
        if (steps > 0) {
            weakScaling();
        }
    }

    private List<Contender> reductions() throws IOException, InterruptedException {
        List<Contender> all = new ArrayList<>();
        all.add(Contender.ours("Lanewise", 2, "all-reduce", bytes, 1, repetitions, repetitions));
        Path sources = BuildFolder.path().resolveSibling("src/collective");
        List<String> numbers = List.of("" + bytes, "" + repetitions);
        if (python != null) {
            Path script = sources.resolve("python/gloo_all_reduce.py");
            List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
            command.addAll(numbers);
            all.add(Contender.program("gloo (PyTorch)", command));
        }
        if (mpi != null) {
            all.add(OpenMpi.contender(mpi, sources.resolve("c/mpi_all_reduce.c"), numbers));
        }
        return all;
    }

    private void takeTurns(List<Contender> all) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < all.size(); i++) {
                all.get((round + i) % all.size()).run();
            }
        }
    }

    private void weakScaling() throws IOException, InterruptedException {
        Contender one = Contender.ours("1 worker", 1, "training", rows, steps, steps);
        Contender two = Contender.ours("2 workers", 2, "training", rows, steps, steps);
        takeTurns(List.of(one, two));
        System.out.printf(
                Locale.ROOT,
                "%nWeak scaling: a step of M3, %d rows and one thread a worker, milliseconds%n%n| |"
                        + " median of %d rounds | best round | of it waiting | efficiency | by best"
                        + " rounds |%n|---|---:|---:|---:|---:|---:|%n",
                rows,
                rounds);
        for (Contender group : List.of(one, two)) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                    group.name,
                    group.median(),
                    group.best(),
                    group.waiting(),
                    one.median() / group.median(),
                    one.best() / group.best());
        }
    }
}
