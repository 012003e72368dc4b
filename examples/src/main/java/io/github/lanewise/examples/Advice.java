package io.github.lanewise.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What to do if it is slow. */
final class Advice {

    private static final double GOOD_SHARE = 0.6;

    private Advice() {}

    /**
     * Returns lines to print, at least one.
     *
     * @param share speed of a large product, as a share of the peak
     * @param kernelSet simd or scalar
     */
    static List<String> on(double share, String kernelSet) {
        List<String> lines = new ArrayList<>();
        if (kernelSet.equals("scalar")) {
            lines.add(
                    "Slow: scalar kernels. They give the same results, many times slower; see"
                            + " above");
            lines.add("  for the reason and the remedy.");
        } else if (share < GOOD_SHARE) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "Slow: products reach %.0f %% of the peak; 80 %% and more are usual."
                                    + " Try:",
                            100 * share));
            lines.add("  - end other programs, run this again: threads wait for the slowest core");
            lines.add("  - -Dlanewise.threads=N with the number of physical cores, or 1");
            lines.add("  - -Dlanewise.vectorBits=256: some CPUs slow down at 512");
            lines.add("  - in a container, whole cores rather than shares of them");
            lines.add("  - on a laptop, the mains and the full-power setting");
        } else {
            lines.add(String.format(Locale.ROOT, "All is well: %.0f %% of the peak.", 100 * share));
        }
        return lines;
    }
}
