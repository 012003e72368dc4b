package io.github.lanewise.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to do if it is slow. */
final class Advice {

    private static final double GOOD_SHARE = 0.6;
    private static final double BUSY_SHARE = 0.5;

    private Advice() {}

    /**
     * Returns lines to print, at least one.
     *
     * @param share speed of a large product, as a share of the peak
     * @param kernelSet simd or scalar
     * @param load how many threads of all programs ran lately on average; negative if unknown
     */
    static List<String> on(double share, String kernelSet, double load) {
        List<String> lines = new ArrayList<>();
        int cores = Runtime.getRuntime().availableProcessors();
        if (kernelSet.equals("scalar")) {
            lines.add("Slow: scalar kernels. They give the same results, many times slower;");
            lines.add("the reason, and the remedy if there is one, stand at the top.");
        } else if (share < GOOD_SHARE) {
            String slow =
                    "Slow: products reach %.0f %% of the peak, not the usual 80 and more. Try:";
            lines.add(String.format(Locale.ROOT, slow, 100 * share));
            lines.add("  - end other programs, since threads wait for the slowest core");
            lines.add("  - -Dlanewise.threads=N with the number of physical cores, or 1");
            lines.add("  - -Dlanewise.vectorBits=256, since some CPUs slow down at 512");
            lines.add("  - in a container, give it whole cores rather than shares of them");
            lines.add("  - on a laptop, plug it in and choose full power");
        } else {
            lines.add(String.format(Locale.ROOT, "All is well: %.0f %% of the peak.", 100 * share));
        }
        if (VmFlags.spillToVectors()) {
            lines.add("With this collector products gain up to a sixth: -XX:-UseFPUForSpilling.");
        }
        if (load > BUSY_SHARE * cores) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "Other programs were busy (load %.1f on %d cores), so measure again.",
                            load,
                            cores));
        }
        return lines;
    }
}
