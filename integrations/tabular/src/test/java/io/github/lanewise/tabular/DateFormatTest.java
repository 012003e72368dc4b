package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

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
        assertEquals(2, DateFormat.fitting(List.of("03/04/2024", "05/06/2024")).size());
        assertEquals(0, DateFormat.fitting(List.of("03/04/2024", "30/31/2024")).size());
        assertEquals(0, DateFormat.fitting(List.of("red", "green")).size());
    }

    @Test
    void wrongPatternsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> DateFormat.ofPattern("dd.QQQQQQQ.bb"));
    }
}
