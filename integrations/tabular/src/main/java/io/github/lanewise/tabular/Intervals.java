package io.github.lanewise.tabular;

import io.github.lanewise.nn.init.RandomStream;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Where a measure would lie with other test rows of the same kind: 95 % intervals of the bootstrap
 * (Efron, 1979).
 */
final class Intervals {

    private static final int SAMPLES = 500;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    /** Beyond so many rows an interval is small, and drawing it slow. */
    private static final int MOST_ROWS = 50_000;

    private Intervals() {}

    /** Returns low and high of each measure of rows drawn with replacement. */
    static SequencedMap<String, double[]> of(
            int rows, long seed, List<String> names, Function<int[], Measures> measure) {
        SequencedMap<String, double[]> intervals = new LinkedHashMap<>();
        if (rows > MOST_ROWS) {
            return intervals;
        }
        RandomStream random = new RandomStream(seed).stream("bootstrap");
        double[][] values = new double[names.size()][SAMPLES];
        int[] drawn = new int[rows];
        for (int s = 0; s < SAMPLES; s++) {
            for (int i = 0; i < rows; i++) {
                drawn[i] = random.nextInt(rows);
            }
            Measures measures = measure.apply(drawn);
            for (int m = 0; m < names.size(); m++) {
                values[m][s] = measures.get(names.get(m));
            }
        }
        for (int m = 0; m < names.size(); m++) {
            double[] sorted =
                    Arrays.stream(values[m]).filter(v -> !Double.isNaN(v)).sorted().toArray();
            if (sorted.length > 0) {
                intervals.put(
                        names.get(m),
                        new double[] {
                            RobustScale.quantile(sorted, LOW), RobustScale.quantile(sorted, HIGH)
                        });
            }
        }
        return intervals;
    }
}
