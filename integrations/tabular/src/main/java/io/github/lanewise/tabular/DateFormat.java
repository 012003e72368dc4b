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
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How the dates of a column are written: {@code ISO} (2024-03-09, with a time after T or a space if
 * there is one, with an offset or not, as in 08:05+02:00, +0200, +02 or UTC), or a pattern of
 * {@link DateTimeFormatter}, to which hours and minutes may be added. Times with an offset are
 * taken to UTC; months, quarters, weeks and years stand for their first days.
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
                    "d-MMM-uuuu",
                    "uuuu/M/d",
                    "d MMM uuuu",
                    "MMM d, uuuu",
                    "uuuu-M",
                    "M-uuuu",
                    "uuuu/M",
                    "M/uuuu",
                    "MMM uuuu",
                    "uuuu'Q'Q",
                    "uuuu-'Q'Q",
                    "YYYY'W'ww",
                    "YYYY-'W'ww");

    /** English with the weeks of ISO 8601, which Britain has. */
    private static final Locale ENGLISH = Locale.forLanguageTag("en-u-rg-gbzzzz");

    /** Shorter texts are taken as dates only where the user says so. */
    private static final int SHORTEST = 6;

    private static final LocalDate SAMPLE = LocalDate.of(2024, 10, 31);

    /** So many texts tell the form of a column. */
    private static final int FEW_TEXTS = 100;

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;

    private static final String TIME = "[h:mm[:ss] a][H:mm[:ss][.SSS]]";

    private final String pattern;
    private final DateTimeFormatter formatter;

    /** The field that says the day of a month, quarter, week or year; null if the pattern does. */
    private final TemporalField day;

    private DateFormat(String pattern) {
        this.pattern = pattern;
        this.day = pattern.equals(ISO) ? null : dayOf(pattern.replaceAll("'[^']*'", ""));
        this.formatter = formatter(pattern, day);
    }

    private static TemporalField dayOf(String letters) {
        if (letters.matches(".*[dD].*") || letters.matches(".*w.*[eEc].*")) {
            return null;
        }
        return letters.contains("w")
                ? ChronoField.DAY_OF_WEEK
                : letters.matches(".*[ML].*")
                        ? ChronoField.DAY_OF_MONTH
                        : letters.matches(".*[Qq].*")
                                ? IsoFields.DAY_OF_QUARTER
                                : ChronoField.DAY_OF_YEAR;
    }

    private static DateTimeFormatter formatter(String pattern, TemporalField day) {
        boolean iso = pattern.equals(ISO);
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(
                                iso
                                        ? "uuuu-MM-dd['T'][' '][HH:mm[:ss]]"
                                        : pattern + "['T'][' ']" + TIME);
        if (day != null) {
            builder.parseDefaulting(day, 1);
        }
        if (iso) {
            builder.optionalStart()
                    .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                    .optionalEnd()
                    .appendPattern("[' '][XXX][XX][X][' ']['UTC']['GMT']");
        }
        return builder.toFormatter(ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Returns the format of a pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DateFormat ofPattern(String pattern) {
        try {
            DateFormat format = new DateFormat(pattern.replace('y', 'u'));
            if (format.parse(format.text(SAMPLE)) == null) {
                throw new IllegalArgumentException("it does not say year and day");
            }
            return format;
        } catch (IllegalArgumentException | DateTimeException e) {
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
        return !texts.isEmpty() && texts.stream().allMatch(this::fits);
    }

    /** Returns whether a text is a date without doubt: 4711-12 is a code, not a month. */
    private boolean fits(String text) {
        LocalDateTime date = text.length() < SHORTEST ? null : parse(text);
        return date != null
                && (day == null || date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR);
    }

    /**
     * Returns the form that most texts have, where some have not; null if there is none.
     *
     * @param texts of which the first tell
     */
    static DateFormat ofMost(List<String> texts) {
        List<String> first = texts.subList(0, Math.min(texts.size(), FEW_TEXTS));
        for (String pattern : Stream.concat(Stream.of(ISO), OTHERS.stream()).toList()) {
            DateFormat format = new DateFormat(pattern);
            if (2 * first.stream().filter(format::fits).count() > first.size()) {
                return format;
            }
        }
        return null;
    }

    /** Returns the first text that is no date of this form; null if all are. */
    String misfit(List<String> texts) {
        return texts.stream().filter(text -> !fits(text)).findFirst().orElse(null);
    }

    /** Returns whether it says days, not months or quarters. */
    boolean hasDays() {
        return day == null;
    }

    /** Returns the date and time, midnight if there is none; null if the text is no date. */
    public LocalDateTime parse(String text) {
        if (text == null || text.isEmpty() || !hasDigit(text)) {
            return null;
        }
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null) {
                return null;
            }
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

    /** Returns a date in this form, at midnight where it says a time. */
    String text(LocalDate date) {
        return pattern.equals(ISO)
                ? date.toString()
                : DateTimeFormatter.ofPattern(pattern, ENGLISH)
                        .format(date.atStartOfDay(ZoneOffset.UTC));
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
