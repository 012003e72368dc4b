package io.github.lanewise.tabular.report;

import io.github.lanewise.tabular.Predictions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * ROC and precision-recall curve, at most some hundred places of each.
 *
 * @param falsePositive share of negatives above each threshold
 * @param recall share of positives above it
 * @param precision share of positives among those above it
 */
record RankingCurves(double[] falsePositive, double[] recall, double[] precision) {

    private static final int MOST = 200;

    static RankingCurves of(int[] labels, Predictions predictions) {
        double[][] p = predictions.probabilities();
        List<Integer> order =
                IntStream.range(0, labels.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -p[i][1]))
                        .toList();
        double positives = IntStream.of(labels).sum();
        double negatives = labels.length - positives;
        List<double[]> places = new ArrayList<>(List.of(new double[] {0, 0, Double.NaN}));
        int hits = 0;
        int every = Math.max(1, labels.length / MOST);
        for (int k = 0; k < labels.length; k++) {
            hits += labels[order.get(k)];
            boolean last = k == labels.length - 1;
            boolean tied = !last && p[order.get(k)][1] == p[order.get(k + 1)][1];
            if (!tied && (last || k % every == 0)) {
                places.add(
                        new double[] {
                            (k + 1 - hits) / negatives, hits / positives, hits / (k + 1.0)
                        });
            }
        }
        return new RankingCurves(column(places, 0), column(places, 1), column(places, 2));
    }

    private static double[] column(List<double[]> places, int j) {
        return places.stream().mapToDouble(place -> place[j]).toArray();
    }
}
