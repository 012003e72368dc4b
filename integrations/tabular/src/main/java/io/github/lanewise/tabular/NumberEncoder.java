package io.github.lanewise.tabular;

import java.util.Arrays;

/**
 * A number: scaled and clipped; a missing one is the median, and has an indicator if any was
 * missing in training.
 *
 * @param column name of the column
 * @param scale of the numbers
 * @param indicator of the missing ones, 1 if missing; null if none was
 */
public record NumberEncoder(String column, RobustScale scale, RobustScale indicator)
        implements Encoder {

    /** Takes the statistics of the training rows. */
    static NumberEncoder fit(Column column, int[] rows) {
        double[] numbers = new double[rows.length];
        int count = 0;
        for (int row : rows) {
            double number = column.number(row);
            if (!Double.isNaN(number)) {
                numbers[count++] = number;
            }
        }
        return fit(column.name(), Arrays.copyOf(numbers, count), rows.length);
    }

    /** Takes the statistics of the numbers that are there, of so many rows. */
    static NumberEncoder fit(String column, double[] numbers, int rows) {
        RobustScale scale = numbers.length == 0 ? new RobustScale(0, 0) : RobustScale.of(numbers);
        double[] missing = new double[rows];
        Arrays.fill(missing, numbers.length, rows, 1);
        boolean any = numbers.length < rows;
        return new NumberEncoder(column, scale, any ? RobustScale.of(missing) : null);
    }

    @Override
    public String usual() {
        return Numbers.text(scale.median());
    }

    @Override
    public Features.Counts featureCounts() {
        return new Features.Counts(1, indicator == null ? 0 : 1, 0);
    }

    @Override
    public CellWriter writer(Features.Counts start) {
        return new Writer(this, start.numbers(), start.codes());
    }

    private record Writer(NumberEncoder encoder, int place, int indicatorPlace)
            implements CellWriter {
        @Override
        public void write(double number, float[] row, int offset) {
            row[offset + place] = encoder.scale.of(number);
            if (encoder.indicator != null) {
                row[offset + indicatorPlace] = encoder.indicator.of(Double.isNaN(number) ? 1 : 0);
            }
        }

        @Override
        public void write(String text, float[] row, int offset) {
            double number = text == null ? Double.NaN : Numbers.parse(text);
            if (text != null && Double.isNaN(number)) {
                throw new IllegalArgumentException(
                        Message.of(
                                "predict: %s: '%s' is no number; give a number, or null for a"
                                        + " missing one",
                                encoder.column, text));
            }
            write(number, row, offset);
        }

        @Override
        public RowWriter of(Column column) {
            return (row, features, offset) -> write(column.number(row), features, offset);
        }
    }
}
