package io.github.lanewise.bench.report;

import io.github.lanewise.engine.internal.simd.SimdKernels;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Says where numbers come from; without that they mean nothing. */
public final class Surroundings {

    private Surroundings() {}

    /** Describes CPU, JVM, date, commit and command in one line. */
    public static String describe(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("bench/run"));
        command.addAll(arguments);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-Dlanewise.") || flag.startsWith("-X"))
                .forEach(command::add);
        return "%s, %d cores; %s %s, %d-bit vectors; %s, commit %s; %s"
                .formatted(
                        cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.name"),
                        Runtime.version(),
                        SimdKernels.create().vectorBits(),
                        LocalDate.now(),
                        System.getenv().getOrDefault("LANEWISE_COMMIT", "unknown"),
                        String.join(" ", command));
    }

    /** Returns the CPU's name with its family, since a cloud machine's name may be bare. */
    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            List<String> known =
                    lines.filter(line -> line.matches("(model name|cpu family)\\s*:.*"))
                            .limit(2)
                            .sorted(Comparator.reverseOrder())
                            .map(line -> line.replaceFirst("^(model name|cpu)\\s*:? *", ""))
                            .map(line -> line.replaceAll("\\s*:", ""))
                            .toList();
            return String.join(" ", known);
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
