package io.github.lanewise.bench.profile;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.report.BuildFolder;
import io.github.lanewise.bench.report.OptionValues;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command line of {@link Profile}. */
final class ProfileArguments {

    private static final String USAGE =
            """
            Usage: bench/run profile MODEL [--threads N] [--rounds 15] [--slice 200] [--out DIR]

            Prints what each kind of kernel call takes of a training step: calls a step,
            microseconds, share, GFLOP/s and share of the CPU's FMA peak; and what is left.
            Draws the same as profile-MODEL-N.svg.

              MODEL       %s
              --threads   threads of the engine; by default the available processors
              --rounds    turns of steps with and without clocks round the kernels
              --slice     milliseconds of a turn
              --out       where the picture goes; by default bench/target
            """;

    private Workload model;
    private int threads;
    private int rounds = 15;
    private int sliceMillis = 200;
    private Path out = BuildFolder.path();
    private boolean help;

    /** Reads the arguments. */
    static ProfileArguments parse(String... args) {
        ProfileArguments parsed = new ProfileArguments();
        parsed.read(args);
        if (parsed.model == null && !parsed.help) {
            throw new IllegalArgumentException("profile: no model; name one of " + models());
        }
        return parsed;
    }

    static String usage() {
        return USAGE.formatted(String.join(", ", models()));
    }

    private void read(String... args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--help" -> help = true;
                case "--threads" -> threads = OptionValues.number(args, i++, 1);
                case "--rounds" -> rounds = OptionValues.number(args, i++, 1);
                case "--slice" -> sliceMillis = OptionValues.number(args, i++, 1);
                case "--out" -> out = Path.of(OptionValues.value(args, i++));
                default -> model = model(args[i]);
            }
        }
    }

    boolean help() {
        return help;
    }

    Workload model() {
        return model;
    }

    /** Returns the threads asked for, 0 if none were. */
    int threads() {
        return threads;
    }

    int rounds() {
        return rounds;
    }

    int sliceMillis() {
        return sliceMillis;
    }

    Path out() {
        return out;
    }

    private static Workload model(String name) {
        if (!models().contains(name)) {
            throw new IllegalArgumentException(
                    "profile: unknown model or option '%s'; models are %s"
                            .formatted(name, models()));
        }
        return Workload.valueOf(name);
    }

    private static List<String> models() {
        return Arrays.stream(Workload.values()).map(Enum::name).toList();
    }
}
