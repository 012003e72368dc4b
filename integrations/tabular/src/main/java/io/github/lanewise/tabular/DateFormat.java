package io.github.lanewise.tabular;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the dates of a column are written: {@code ISO} (2024-03-09, with a time after T or a space if
 * there is one, with an offset or not, as in 08:05+02:00, +0200, +02 or UTC), or a pattern of
 * {@link DateTimeFormatter}, to which hours and minutes may be added. Times with an offset are
 * taken to UTC.
 */
public final class DateFormat {

    /** The name of the ISO form. */
    public static final String ISO = "ISO";

    private static final List<String> OTHERS =
            List.of(
                    "d.M.uuuu",
                    "d/M/uuuu",
                    "M/d/uuuu",
                    "d-M-uuuu",
                    "M-d-uuuu",
                    "uuuu/M/d",
                    "d MMM uuuu",
                    "MMM d, uuuu");

    private static final String TIME = "[H:mm[:ss][.SSS]]";

    private final String pattern;
    private final DateTimeFormatter formatter;

    private DateFormat(String pattern) {
        this.pattern = pattern;
        this.formatter = pattern.equals(ISO) ? iso() : of(pattern + "['T'][' ']" + TIME);
    }

    private static DateTimeFormatter iso() {
        return of("uuuu-MM-dd['T'][' '][HH:mm[:ss]]", true);
    }

    private static DateTimeFormatter of(String pattern) {
        return of(pattern, false);
    }

    private static DateTimeFormatter of(String pattern, boolean offset) {
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
        if (offset) {
            builder.optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd()
                    .appendPattern("[' '][XXX][XX][X][' ']['UTC']['GMT']");
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Returns the format of a pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DateFormat ofPattern(String pattern) {
        try {
            return new DateFormat(pattern.replace('y', 'u'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Message.of(
                            "date: '%s' is no pattern: %s; an example is dd.MM.yyyy",
                            pattern, e.getMessage()),
                    e);
        }
    }

    /**
     * Returns the formats in which all texts are dates: ISO alone, if they are, else any others.
     */
    static List<DateFormat> fitting(List<String> texts) {
        DateFormat iso = new DateFormat(ISO);
        if (iso.fits(texts)) {
            return List.of(iso);
        }
        List<DateFormat> found = new ArrayList<>();
        for (String other : OTHERS) {
            DateFormat format = new DateFormat(other);
            if (format.fits(texts)) {
                found.add(format);
            }
        }
        return found;
    }

    private boolean fits(List<String> texts) {
        return !texts.isEmpty() && texts.stream().allMatch(text -> parse(text) != null);
    }

    /** Returns the date and time, midnight if there is none; null if the text is no date. */
    public LocalDateTime parse(String text) {
        if (text == null || text.length() < 6 || !hasDigit(text)) {
            return null;
        }
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
            ZoneOffset offset = parsed.query(TemporalQueries.offset());
            return offset == null
                    ? local
                    : OffsetDateTime.of(local, offset)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns a date in this form, without a time. */
    String text(LocalDate date) {
        return pattern.equals(ISO)
                ? date.toString()
                : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(date);
    }

    private static boolean hasDigit(String text) {
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        return first >= '0' && first <= '9' || last >= '0' && last <= '9';
    }

    /** Returns the pattern, or {@link #ISO}. */
    public String pattern() {
        return pattern;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DateFormat format && format.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern.replace('u', 'y');
    }
}
