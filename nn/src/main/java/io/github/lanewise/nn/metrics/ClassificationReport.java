package io.github.lanewise.nn.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Precision, recall, F1 and support of each class that occurs, and their averages; prints as
 * scikit-learn's {@code classification_report}.
 *
 * <pre>{@code
 * String table = ClassificationReport.of(labels, ArgMax.of(trainer.predict(test))).toString();
 * }</pre>
 */
public final class ClassificationReport {

    private static final int DIGITS = 2;
    private static final int COLUMN = 9;
    private static final String[] HEADINGS = {"precision", "recall", "f1-score", "support"};

    private final ConfusionMatrix matrix;
    private final List<String> names;

    private ClassificationReport(ConfusionMatrix matrix, List<String> names) {
        this.matrix = matrix;
        this.names = List.copyOf(names);
    }

    /**
     * Reports on labels and the classes predicted for them.
     *
     * @throws IllegalArgumentException if their numbers differ, or there are none
     */
    public static ClassificationReport of(int[] labels, int[] predicted) {
        return of(ConfusionMatrix.of(labels, predicted));
    }

    /** Reports on counts. */
    public static ClassificationReport of(ConfusionMatrix matrix) {
        return new ClassificationReport(matrix, List.of());
    }

    /**
     * Returns this report with names in place of class numbers.
     *
     * @param names one for each class, in order
     * @throws IllegalArgumentException if there are too few
     */
    public ClassificationReport named(String... names) {
        if (names.length < matrix.classes()) {
            throw new IllegalArgumentException(
                    "ClassificationReport: %s names for %s classes; each needs one"
                            .formatted(names.length, matrix.classes()));
        }
        return new ClassificationReport(matrix, List.of(names));
    }

    /** Returns the counts. */
    public ConfusionMatrix matrix() {
        return matrix;
    }

    private String name(int label) {
        return names.isEmpty() ? Integer.toString(label) : names.get(label);
    }

    /** Returns the table. */
    @Override
    public String toString() {
        int width = "weighted avg".length();
        for (int label = 0; label < matrix.classes(); label++) {
            width = Math.max(width, name(label).length());
        }
        StringBuilder text = new StringBuilder(padded("", width)).append(' ');
        for (String heading : HEADINGS) {
            text.append(' ').append(padded(heading, COLUMN));
        }
        text.append("\n\n");
        for (int label = 0; label < matrix.classes(); label++) {
            if (matrix.occurs(label)) {
                double[] measures = {
                    matrix.precision(label), matrix.recall(label), matrix.f1(label)
                };
                addRow(text, padded(name(label), width), measures, matrix.labelled(label));
            }
        }
        text.append('\n');
        double[] accuracy = {Double.NaN, Double.NaN, matrix.accuracy()};
        addRow(text, padded("accuracy", width), accuracy, matrix.total());
        addRow(text, padded("macro avg", width), averages(Average.MACRO), matrix.total());
        addRow(text, padded("weighted avg", width), averages(Average.WEIGHTED), matrix.total());
        return text.toString();
    }

    private double[] averages(Average average) {
        return new double[] {matrix.precision(average), matrix.recall(average), matrix.f1(average)};
    }

    /** Adds a line; NaN stands for an empty column. */
    private static void addRow(StringBuilder text, String name, double[] measures, int support) {
        text.append(name).append(' ');
        for (double measure : measures) {
            text.append(' ').append(padded(Double.isNaN(measure) ? "" : rounded(measure), COLUMN));
        }
        text.append(' ').append(padded(Integer.toString(support), COLUMN)).append('\n');
    }

    /** Rounds as Python does: the exact binary value, halves to even. */
    private static String rounded(double measure) {
        return new BigDecimal(measure).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
