package io.github.lanewise.tabular;

import java.util.Arrays;
import java.util.List;

/** Finds targets whose logarithm should be learnt. */
final class Magnitudes {

    /** Shares of the rows below and above which numbers are rare. */
    private static final double RARE = 0.1;

    /** Where most numbers lie within so many times, squared errors still count for the small. */
    private static final double FEW_TIMES = 100;

    private Magnitudes() {}

    /** Returns a hint if most of the target's numbers are above 0, of many magnitudes. */
    static List<String> warnings(Column target, int[] rows) {
        double[] sorted = Arrays.stream(rows).mapToDouble(target::number).sorted().toArray();
        double low = sorted[(int) (RARE * (sorted.length - 1))];
        double high = sorted[(int) ((1 - RARE) * (sorted.length - 1))];
        return !(sorted[0] > 0) || high / low < FEW_TIMES
                ? List.of()
                : List.of(
                        Message.of(
                                "%s goes from %s to %s: its few large numbers decide the loss;"
                                    + " --log-target learns the logarithm, so that ratios count",
                                target.name(),
                                Numbers.text(sorted[0]),
                                Numbers.text(sorted[sorted.length - 1])));
    }
}
