package io.github.lanewise.tabular;

import io.github.lanewise.nn.init.RandomStream;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How much worse a model becomes when the cells of one column change places (Breiman, "Random
 * forests", 2001): what it makes of that column. Columns that tell the same share what they tell.
 */
public final class PermutationImportance {

    /** More rows change little. */
    private static final int MOST_ROWS = 2000;

    private PermutationImportance() {}

    /**
     * Returns the rise of the log loss, or of the root of the mean squared error, for each column
     * of the model, the greatest first.
     *
     * @param run whose test rows are taken, at most 2,000 of them
     */
    public static SequencedMap<String, Double> of(TabularRun run) {
        TabularModel model = run.model();
        RandomStream random = new RandomStream(run.seed()).stream("importance");
        TestSample sample = new TestSample(run, MOST_ROWS, random);
        TestMeasure test = sample.measure();
        double before = loss(model, test.of(sample.predict()));
        Map<String, Double> rises = new LinkedHashMap<>();
        int[] order = new int[sample.size()];
        for (String column : model.columns()) {
            random.stream(column).permutation(order);
            Column changed = TestSample.rows(sample.column(column), order);
            rises.put(column, loss(model, test.of(sample.predict(changed))) - before);
        }
        SequencedMap<String, Double> sorted = new LinkedHashMap<>();
        rises.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static double loss(TabularModel model, Measures measures) {
        return measures.get(model.target().task().isClassification() ? "logLoss" : "rmse");
    }
}
