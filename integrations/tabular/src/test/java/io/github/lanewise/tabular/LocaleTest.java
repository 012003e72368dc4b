package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Texts and numbers are the same wherever the program runs. */
class LocaleTest {

    private Locale before;

    @BeforeEach
    void persian() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.of("fa", "IR"));
    }

    @AfterEach
    void asBefore() {
        Locale.setDefault(before);
    }

    @Test
    void digitsAreAscii() {
        assertEquals("1250000.5", Numbers.text(1250000.5));
        assertEquals(
                "CsvOptions: bad rows is -1; it must be 0 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CsvOptions.DEFAULTS.skipBadRows(-1))
                        .getMessage());
        Table table =
                Table.of(
                        TextColumn.of("home", "a", "b", "a", "b", null),
                        NumberColumn.of("x", 1, 2, 3, 4, 5));
        assertEquals(
                "home: category (2 levels, 1 missing)",
                SchemaInference.of(table, Set.of("x"), new Overrides()).toString());
    }

    @Test
    void datesAreReadAsEverywhere() {
        assertEquals(
                List.of(DateFormat.ofPattern("d MMM yyyy")),
                DateFormat.fitting(List.of("9 Mar 2024", "10 Apr 2024")));
    }
}
