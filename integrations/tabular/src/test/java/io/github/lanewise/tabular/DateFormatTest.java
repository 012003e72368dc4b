package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

class DateFormatTest {

    private static final DateFormat ISO = DateFormat.ofPattern(DateFormat.ISO);

    @Test
    void isoComesWithTimesAndOffsets() {
        assertEquals(LocalDateTime.of(2024, 3, 9, 0, 0), ISO.parse("2024-03-09"));
        assertEquals(LocalDateTime.of(2024, 3, 9, 8, 5), ISO.parse("2024-03-09T08:05"));
        assertEquals(LocalDateTime.of(2024, 3, 9, 8, 5, 7), ISO.parse("2024-03-09 08:05:07"));
        assertEquals(
                LocalDateTime.of(2024, 3, 9, 8, 5, 7, 250_000_000),
                ISO.parse("2024-03-09T08:05:07.25"));
        assertEquals(LocalDateTime.of(2024, 3, 9, 6, 5), ISO.parse("2024-03-09T08:05+02:00"));
        assertEquals(LocalDateTime.of(2024, 3, 9, 8, 5), ISO.parse("2024-03-09T08:05Z"));
    }

    @Test
    void offsetsComeAsDatabasesAndLogsWriteThem() {
        LocalDateTime utc = LocalDateTime.of(2024, 3, 9, 6, 5, 7);
        for (String text :
                List.of(
                        "2024-03-09 06:05:07+00",
                        "2024-03-09 08:05:07+02",
                        "2024-03-09T08:05:07+0200",
                        "2024-03-09 11:35:07+0530",
                        "2024-03-09 01:05:07 -05:00",
                        "2024-03-09 06:05:07 UTC",
                        "2024-03-09 06:05:07 GMT",
                        "2024-03-09 06:05:07 +0000 UTC",
                        "2024-03-09T06:05:07z")) {
            assertEquals(utc, ISO.parse(text), text);
        }
        assertEquals(utc.plusNanos(500), ISO.parse("2024-03-09 08:05:07.0000005+02"));
        for (String text :
                List.of("2024-03-09 06:05:07+2", "2024-03-09 06:05 CET", "2024-03-09 UT")) {
            assertNull(ISO.parse(text), text);
        }
    }

    @Test
    void impossibleDatesAreNone() {
        for (String text :
                List.of("2023-02-29", "2024-13-01", "20240309", "next week", "", "1.2")) {
            assertNull(ISO.parse(text), text);
        }
        assertNull(ISO.parse(null));
    }

    @Test
    void patternsAreFound() {
        assertEquals(List.of(ISO), DateFormat.fitting(List.of("2024-03-09", "2024-03-10T10:00")));
        assertEquals(
                List.of(DateFormat.ofPattern("d MMM yyyy")),
                DateFormat.fitting(List.of("9 Mar 2024", "10 Apr 2024")));
        assertEquals(
                List.of(DateFormat.ofPattern("d-MMM-yyyy")),
                DateFormat.fitting(List.of("09-MAR-2024", "10-apr-2024 10:00")));
        DateFormat american = DateFormat.ofPattern("M/d/yyyy");
        List<String> halves = List.of("3/31/2024 1:05 PM", "3/31/2024 12:05:07 am");
        assertEquals(List.of(american), DateFormat.fitting(halves));
        assertEquals(LocalDateTime.of(2024, 3, 31, 13, 5), american.parse(halves.get(0)));
        assertEquals(LocalDateTime.of(2024, 3, 31, 0, 5, 7), american.parse(halves.get(1)));
        assertEquals(2, DateFormat.fitting(List.of("03/04/2024", "05/06/2024")).size());
        assertEquals(0, DateFormat.fitting(List.of("03/04/2024", "30/31/2024")).size());
        assertEquals(0, DateFormat.fitting(List.of("red", "green")).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MM/yyyy | 03/2024 | 2024-03-01",
                "MMMM yyyy | March 2024 | 2024-03-01",
                "yyyyMM | 202403 | 2024-03-01",
                "yyyy | 2024 | 2024-01-01",
                "yyyy-'Q'Q | 2024-Q3 | 2024-07-01",
                "YYYY-'W'ww | 2020-W53 | 2020-12-28",
                "YYYY-'W'ww | 2024-W01 | 2024-01-01",
                "YYYY-'W'ww-e | 2024-W05-3 | 2024-01-31",
                "yyyy-DDD | 2024-061 | 2024-03-01",
                "yyyy-MM-dd HH:mm | 2024-03-01 00:00 | 2024-03-01",
                "dd.MM.yy | 01.03.24 | 2024-03-01"
            })
    void whatIsLongerThanADayStandsForItsFirst(String pattern, String text, LocalDate day) {
        DateFormat format = DateFormat.ofPattern(pattern);
        assertEquals(day.atStartOfDay(), format.parse(text));
        assertEquals(text, format.text(day));
    }

    @Test
    void wrongPatternsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> DateFormat.ofPattern("dd.QQQQQQQ.bb"));
        for (String pattern : List.of("dd.MM", "HH:mm:ss", "MM", "")) {
            assertThrows(
                    IllegalArgumentException.class, () -> DateFormat.ofPattern(pattern), pattern);
        }
    }
}
