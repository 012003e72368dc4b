package io.github.lanewise.tabular;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A date: days since the first of the training rows, the weekday unless it is a month, and sine and
 * cosine of the day of the year and, if any date has a time, of the hour.
 *
 * @param column name of the column
 * @param format how dates are written
 * @param start first date of the training rows
 * @param numbers days, then sines and cosines
 * @param weekday the day of the week; without levels where dates are months, quarters or weeks
 */
public record DateEncoder(
        String column,
        DateFormat format,
        LocalDateTime start,
        List<NumberEncoder> numbers,
        CategoryEncoder weekday)
        implements Encoder {

    private static final double SECONDS_A_DAY = 86_400;
    private static final double DAYS_A_YEAR = 365.25;
    private static final int WITHOUT_TIME = 3;

    /** Ten thousand years. */
    private static final double MOST_DAYS = 3_652_500;

    /** Copies the list. */
    public DateEncoder {
        numbers = List.copyOf(numbers);
    }

    /** Takes the statistics of the training rows. */
    static DateEncoder fit(Column column, DateFormat format, int[] rows) {
        LocalDateTime[] dates = dates(column, format, rows);
        LocalDateTime start = null;
        boolean timed = false;
        Map<String, Integer> weekdays = new HashMap<>();
        int missing = 0;
        for (LocalDateTime date : dates) {
            if (date == null) {
                missing++;
            } else {
                start = start == null || date.isBefore(start) ? date : start;
                timed |= date.toLocalTime().toSecondOfDay() != 0;
                if (format.hasDays()) {
                    weekdays.merge(date.getDayOfWeek().name(), 1, Integer::sum);
                }
            }
        }
        if (start == null) {
            start = LocalDateTime.of(2000, 1, 1, 0, 0);
        }
        List<ToDoubleFunction<LocalDateTime>> parts = parts(start);
        List<NumberEncoder> numbers = new ArrayList<>();
        for (int i = 0; i < (timed ? parts.size() : WITHOUT_TIME); i++) {
            double[] values =
                    Arrays.stream(dates)
                            .filter(date -> date != null)
                            .mapToDouble(parts.get(i))
                            .toArray();
            NumberEncoder part = NumberEncoder.fit(column.name(), values, dates.length);
            numbers.add(i == 0 ? part : new NumberEncoder(part.column(), part.scale(), null));
        }
        int unknown = weekdays.isEmpty() ? dates.length : missing;
        CategoryEncoder weekday = CategoryEncoder.of(column.name(), weekdays, unknown);
        return new DateEncoder(column.name(), format, start, numbers, weekday);
    }

    private static LocalDateTime[] dates(Column column, DateFormat format, int[] rows) {
        LocalDateTime[] all = ofLevels(column, format);
        LocalDateTime[] dates = new LocalDateTime[rows.length];
        for (int i = 0; i < rows.length; i++) {
            dates[i] =
                    column instanceof TextColumn texts
                            ? texts.code(rows[i]) < 0 ? null : all[texts.code(rows[i])]
                            : format.parse(column.text(rows[i]));
        }
        return dates;
    }

    private static LocalDateTime[] ofLevels(Column column, DateFormat format) {
        return column instanceof TextColumn texts
                ? texts.levels().stream().map(format::parse).toArray(LocalDateTime[]::new)
                : null;
    }

    private static List<ToDoubleFunction<LocalDateTime>> parts(LocalDateTime start) {
        return List.of(
                date -> Duration.between(start, date).getSeconds() / SECONDS_A_DAY,
                date -> StrictMath.sin(year(date)),
                date -> StrictMath.cos(year(date)),
                date -> StrictMath.sin(day(date)),
                date -> StrictMath.cos(day(date)));
    }

    private static double year(LocalDateTime date) {
        return 2 * Math.PI * (date.getDayOfYear() - 1) / DAYS_A_YEAR;
    }

    private static double day(LocalDateTime date) {
        return 2 * Math.PI * date.toLocalTime().toSecondOfDay() / SECONDS_A_DAY;
    }

    @Override
    public String usual() {
        double days = numbers.getFirst().scale().median();
        boolean known = Math.abs(days) < MOST_DAYS;
        return format.text(start.toLocalDate().plusDays(known ? Math.round(days) : 0));
    }

    @Override
    public Features.Counts featureCounts() {
        Features.Counts counts = weekday.featureCounts();
        for (NumberEncoder number : numbers) {
            counts = counts.plus(number.featureCounts());
        }
        return counts;
    }

    @Override
    public CellWriter writer(Features.Counts start) {
        List<CellWriter> writers = new ArrayList<>();
        Features.Counts place = start;
        for (NumberEncoder number : numbers) {
            writers.add(number.writer(place));
            place = place.plus(number.featureCounts());
        }
        return new Writer(this, writers, weekday.writer(place), parts(this.start));
    }

    private record Writer(
            DateEncoder encoder,
            List<CellWriter> numbers,
            CellWriter weekday,
            List<ToDoubleFunction<LocalDateTime>> parts)
            implements CellWriter {

        @Override
        public void write(double number, float[] row, int offset) {
            write(Double.isNaN(number) ? null : Numbers.text(number), row, offset);
        }

        @Override
        public void write(String text, float[] row, int offset) {
            LocalDateTime date = encoder.format.parse(text);
            if (text != null && date == null) {
                throw new IllegalArgumentException(
                        Message.of(
                                "predict: %s: '%s' is no date of the form %s",
                                encoder.column, text, encoder.format));
            }
            write(date, row, offset);
        }

        private void write(LocalDateTime date, float[] row, int offset) {
            for (int i = 0; i < numbers.size(); i++) {
                double part = date == null ? Double.NaN : parts.get(i).applyAsDouble(date);
                numbers.get(i).write(part, row, offset);
            }
            DayOfWeek day = date == null ? null : date.getDayOfWeek();
            weekday.write(day == null ? null : day.name(), row, offset);
        }

        @Override
        public RowWriter of(Column column) {
            if (column instanceof TextColumn texts) {
                LocalDateTime[] dates = ofLevels(column, encoder.format);
                return (row, features, offset) -> {
                    int code = texts.code(row);
                    write(code < 0 ? null : dates[code], features, offset);
                };
            }
            return (row, features, offset) -> write(column.text(row), features, offset);
        }
    }
}
