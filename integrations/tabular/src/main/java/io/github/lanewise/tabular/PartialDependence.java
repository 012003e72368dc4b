package io.github.lanewise.tabular;

import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a model predicts on the mean when one column has the same value in all rows (Friedman,
 * "Greedy function approximation", 2001). Where columns go together, some of these rows are such as
 * nobody has seen.
 *
 * @param column its name
 * @param values in order: numbers from low to high, dates from early to late, levels from the most
 *     frequent to the least
 * @param numbers the values as numbers; null if they are none
 * @param means of the predictions, for each value the mean number, or the mean probability of each
 *     class
 */
public record PartialDependence(
        String column, List<String> values, double[] numbers, double[][] means) {

    private static final int MOST_ROWS = 500;
    private static final int MOST_NUMBERS = 16;
    private static final int MOST_LEVELS = 8;

    /** Copies the list. */
    public PartialDependence {
        values = List.copyOf(values);
    }

    /**
     * Computes it for some columns, each at 16 quantiles or 8 levels of the test rows at most.
     * Columns without any value are left out.
     *
     * @param run whose test rows are taken, at most 500 of them
     * @param columns of the model
     */
    public static List<PartialDependence> of(TabularRun run, Collection<String> columns) {
        RandomStream random = new RandomStream(run.seed()).stream("dependence");
        TestSample sample = new TestSample(run, MOST_ROWS, random);
        List<PartialDependence> all = new ArrayList<>();
        for (ColumnPlan plan : run.model().schema().used()) {
            if (columns.contains(plan.name())) {
                PartialDependence one = of(sample, plan, run.model().target());
                if (!one.values.isEmpty()) {
                    all.add(one);
                }
            }
        }
        List<String> order = List.copyOf(columns);
        all.sort(Comparator.comparingInt(one -> order.indexOf(one.column)));
        return all;
    }

    private static PartialDependence of(TestSample sample, ColumnPlan plan, Target target) {
        Column column = sample.column(plan.name());
        double[] numbers = plan.kind() == ColumnPlan.Kind.NUMBER ? quantiles(column) : null;
        List<String> values =
                numbers != null
                        ? Arrays.stream(numbers).mapToObj(Numbers::text).toList()
                        : plan.kind() == ColumnPlan.Kind.DATE
                                ? dates(column, plan.dates())
                                : levels(column);
        double[][] means = new double[values.size()][];
        for (int i = 0; i < means.length; i++) {
            means[i] =
                    means(sample.predict(constant(column, values.get(i))), target, sample.size());
        }
        return new PartialDependence(plan.name(), values, numbers, means);
    }

    private static Column constant(Column column, String value) {
        if (column instanceof NumberColumn) {
            double[] all = new double[column.rows()];
            Arrays.fill(all, Numbers.parse(value));
            return NumberColumn.of(column.name(), all);
        }
        String[] all = new String[column.rows()];
        Arrays.fill(all, value);
        return TextColumn.of(column.name(), all);
    }

    private static double[] means(Predictions predictions, Target target, int rows) {
        double[] means = new double[target.outputs()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < means.length; j++) {
                means[j] +=
                        (predictions.numbers() != null
                                        ? predictions.numbers()[i]
                                        : predictions.probabilities()[i][j])
                                / rows;
            }
        }
        return means;
    }

    private static double[] quantiles(Column column) {
        double[] sorted =
                IntStream.range(0, column.rows())
                        .mapToDouble(column::number)
                        .filter(number -> !Double.isNaN(number))
                        .sorted()
                        .toArray();
        return sorted.length == 0
                ? sorted
                : IntStream.range(0, MOST_NUMBERS)
                        .mapToDouble(i -> sorted[place(i, MOST_NUMBERS, sorted.length)])
                        .distinct()
                        .toArray();
    }

    private static List<String> dates(Column column, DateFormat format) {
        List<String> sorted =
                texts(column).stream()
                        .filter(text -> format.parse(text) != null)
                        .sorted(Comparator.comparing(format::parse))
                        .toList();
        return sorted.isEmpty()
                ? sorted
                : IntStream.range(0, MOST_LEVELS)
                        .mapToObj(i -> sorted.get(place(i, MOST_LEVELS, sorted.size())))
                        .distinct()
                        .toList();
    }

    private static int place(int i, int of, int size) {
        return (int) Math.round((size - 1.0) * i / (of - 1));
    }

    private static List<String> levels(Column column) {
        Map<String, Integer> counts = new HashMap<>();
        texts(column).forEach(text -> counts.merge(text, 1, Integer::sum));
        return counts.keySet().stream()
                .sorted(
                        Comparator.comparing((String level) -> -counts.get(level))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_LEVELS)
                .toList();
    }

    private static List<String> texts(Column column) {
        return IntStream.range(0, column.rows())
                .mapToObj(column::text)
                .filter(Objects::nonNull)
                .toList();
    }
}
