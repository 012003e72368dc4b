package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is not well, and what to do. */
final class Advice {

    private static final double GOOD_SHARE = 0.6;
    private static final double BUSY_SHARE = 0.5;

    /**
     * What is known of the machine without measuring.
     *
     * @param kernelSet simd or scalar
     * @param vectorBits of the kernels
     * @param threads of the kernels
     * @param cores for this JVM
     * @param load how many threads of all programs ran lately on average; negative if unknown
     * @param fault of this JDK
     * @param slowFlags what in the JVM's flags keeps vector code from being compiled
     * @param spills whether C2 spills to vector registers in products
     */
    record Machine(
            String kernelSet,
            int vectorBits,
            int threads,
            int cores,
            double load,
            Optional<String> fault,
            List<String> slowFlags,
            boolean spills) {}

    private Advice() {}

    /** Returns lines to print, at least one; the first says whether all is well. */
    static List<String> on(Checkup.Figures figures, Machine machine) {
        List<String> lines = new ArrayList<>();
        machine.slowFlags().forEach(flag -> lines.add("Slow: " + flag + "."));
        machine.fault().ifPresent(fault -> lines.add("Dangerous: " + fault + "."));
        boolean simd = machine.kernelSet().equals("simd");
        if (!simd) {
            lines.add("Slow: scalar kernels. They give the same results, many times slower;");
            lines.add("the reason, and the remedy if there is one, stand at the top.");
        } else if (Double.isNaN(figures.share())) {
            lines.add("Slow: too slow to be measured.");
        } else if (figures.peak() < figures.scalar()) {
            lines.add(
                    "Slow: vectors are no faster than a plain loop, so C2 does not compile them.");
        } else if (figures.share() > 1) {
            lines.add(
                    text(
                            "Not to be trusted: products at %.0f %% of the peak cannot be; other"
                                    + " programs slowed",
                            100 * figures.share()));
            lines.add("its measurement, or C2 has not compiled it well. Measure again, idle.");
        } else if (!(figures.share() >= GOOD_SHARE)) {
            lines.add(
                    text(
                            "Slow: products reach %.0f %% of the peak, not the usual 80 and more."
                                    + " Try:",
                            100 * figures.share()));
            lines.addAll(remedies(machine));
        } else if (lines.isEmpty()) {
            lines.add(text("All is well: %.0f %% of the peak.", 100 * figures.share()));
        }
        if (machine.spills()) {
            lines.add("With this collector products gain up to a sixth: -XX:-UseFPUForSpilling.");
        }
        if (machine.load() > BUSY_SHARE * machine.cores()) {
            lines.add(
                    text(
                            "Other programs were busy (load %.1f on %d cores), so measure again.",
                            machine.load(), machine.cores()));
        }
        return lines;
    }

    private static List<String> remedies(Machine machine) {
        List<String> lines = new ArrayList<>();
        lines.add("  - end other programs, since threads wait for the slowest core");
        if (machine.threads() > 1) {
            lines.add("  - -Dlanewise.threads=N with the number of physical cores, or 1");
        }
        if (machine.vectorBits() > 256) {
            lines.add("  - -Dlanewise.vectorBits=256, since some CPUs slow down at 512");
        }
        lines.add("  - in a container, give it whole cores rather than shares of them");
        lines.add("  - on a laptop, plug it in and choose full power");
        return lines;
    }
}
