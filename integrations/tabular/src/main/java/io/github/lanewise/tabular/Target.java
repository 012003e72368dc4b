package io.github.lanewise.tabular;

import java.util.List;

/**
 * What is predicted, and how it is scaled.
 *
 * @param column name of the column
 * @param task kind of prediction
 * @param classes their names, in the order of the outputs; the second of two is the positive one;
 *     empty for numbers
 * @param scale of the numbers; null for classes
 */
public record Target(String column, Task task, List<String> classes, Scale scale) {

    /**
     * Scale of the numbers of the training rows: the network learns (f(y) - mean) / deviation, f
     * being the logarithm or nothing.
     *
     * @param log whether the logarithm is learnt
     * @param mean of f(y)
     * @param deviation of f(y); 1 if all are equal
     * @param least y of the training rows
     * @param most y of the training rows
     * @param clamped whether predictions stay within least and most
     */
    public record Scale(
            boolean log,
            double mean,
            double deviation,
            double least,
            double most,
            boolean clamped) {

        /** Returns what the network learns. */
        public double scaled(double y) {
            return ((log ? StrictMath.log(y) : y) - mean) / deviation;
        }

        /** Returns the prediction that an output of the network means. */
        public double number(double output) {
            double value = output * deviation + mean;
            double y = log ? StrictMath.exp(value) : value;
            return clamped ? Math.max(least, Math.min(most, y)) : y;
        }

        static Scale fit(Column column, int[] rows, boolean log, boolean clamped) {
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int row : rows) {
                double y = column.number(row);
                if (log && !(y > 0)) {
                    throw new IllegalArgumentException(
                            Message.of(
                                    "target: %s is %s in a row; --log-target takes numbers above 0",
                                    column.name(), Numbers.text(y)));
                }
                sum += log ? StrictMath.log(y) : y;
                least = Math.min(least, y);
                most = Math.max(most, y);
            }
            double mean = sum / rows.length;
            double squares = 0;
            for (int row : rows) {
                double y = column.number(row);
                double d = (log ? StrictMath.log(y) : y) - mean;
                squares += d * d;
            }
            double deviation = Math.sqrt(squares / rows.length);
            if (!Double.isFinite(deviation)) {
                throw new IllegalArgumentException(
                        Message.of(
                                "target: %s goes from %s to %s, too far for its squares to be"
                                        + " numbers; divide it, or learn its logarithm"
                                        + " (--log-target)",
                                column.name(), least, most));
            }
            return new Scale(log, mean, deviation == 0 ? 1 : deviation, least, most, clamped);
        }
    }

    /** Copies the list. */
    public Target {
        classes = List.copyOf(classes);
    }

    /** Returns how many outputs the network has. */
    public int outputs() {
        return task.isClassification() ? classes.size() : 1;
    }

    /** Returns this target with the scale of the training rows. */
    Target fit(Column values, int[] rows, boolean log, boolean clamped) {
        return task.isClassification()
                ? this
                : new Target(column, task, classes, Scale.fit(values, rows, log, clamped));
    }

    /** Returns the class of each row; -1 where it is none of the classes. */
    int[] labels(Column values) {
        int[] labels = new int[values.rows()];
        if (values instanceof TextColumn texts) {
            int[] byCode = texts.levels().stream().mapToInt(this::label).toArray();
            for (int row = 0; row < labels.length; row++) {
                labels[row] = texts.code(row) < 0 ? -1 : byCode[texts.code(row)];
            }
        } else {
            for (int row = 0; row < labels.length; row++) {
                labels[row] = label(values.text(row));
            }
        }
        return labels;
    }

    private int label(String text) {
        int label = text == null ? -1 : classes.indexOf(text);
        if (label < 0 && text != null && !Double.isNaN(Numbers.parse(text))) {
            label = classes.indexOf(Numbers.text(Numbers.parse(text)));
        }
        return label;
    }
}
