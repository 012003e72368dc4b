package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

class SchemaInferenceTest {

    private static final int ROWS = 60;

    private final Overrides overrides = new Overrides();

    private static NumberColumn numbers(String name, IntFunction<Double> cell) {
        return NumberColumn.of(
                name, IntStream.range(0, ROWS).mapToDouble(i -> cell.apply(i)).toArray());
    }

    private static TextColumn texts(String name, IntFunction<String> cell) {
        return TextColumn.of(name, IntStream.range(0, ROWS).mapToObj(cell).toArray(String[]::new));
    }

    private String plan(Column... columns) {
        return SchemaInference.of(Table.of(columns), Set.of(), overrides).toString();
    }

    @Test
    void numbersCategoriesAndDates() {
        assertEquals(
                """
                x: number (all values are numbers, 2 missing)
                home: category (3 levels)
                when: date (ISO)
                texts: number (all texts are numbers)\
                """,
                plan(
                        numbers("x", i -> i < 2 ? Double.NaN : i % 7),
                        texts("home", i -> "h" + i % 3),
                        texts("when", i -> "2024-01-" + (10 + i % 15)),
                        texts("texts", i -> i % 4 + ".5")));
    }

    @Test
    void whatTellsNothingIsDropped() {
        assertEquals(
                """
                x: number (all values are numbers)
                again: dropped (the same as x)
                one: dropped (always 3)
                none: dropped (all values are missing)
                row: dropped (numbers the rows: an id)
                client_id: dropped (numbers the rows: an id)
                name: dropped (60 of 60 texts are different)\
                """,
                plan(
                        numbers("x", i -> i % 7 + 0.5),
                        numbers("again", i -> i % 7 + 0.5),
                        numbers("one", i -> 3.0),
                        numbers("none", i -> Double.NaN),
                        numbers("row", i -> i + 100.0),
                        numbers("client_id", i -> 1000.0 + 17 * i),
                        texts("name", i -> "person " + i)));
    }

    @Test
    void aConstantWithMissingCellsTellsSomething() {
        assertEquals(
                "x: number (all values are numbers, 30 missing)",
                plan(numbers("x", i -> i % 2 == 0 ? 1.0 : Double.NaN)));
    }

    @Test
    void manyLevelsAreCut() {
        String[] texts =
                IntStream.range(0, 6000).mapToObj(i -> "l" + i % 1500).toArray(String[]::new);
        assertEquals(
                "x: category (1,500 levels, the 1,000 most frequent are kept)",
                plan(TextColumn.of("x", texts)));
    }

    @Test
    void oneOtherPatternIsTaken() {
        assertEquals("x: date (d.M.yyyy)", plan(texts("x", i -> 1 + i % 28 + ".3.2024")));
        assertEquals("x: date (d/M/yyyy)", plan(texts("x", i -> 1 + i % 28 + "/03/2024 12:30")));
        assertEquals("x: category (12 levels)", plan(texts("x", i -> 1 + i % 12 + "/24")));
    }

    @Test
    void monthsQuartersAndWeeksAreDates() {
        assertEquals("x: date (yyyy-M)", plan(texts("x", i -> 2020 + i % 4 + "-0" + (1 + i % 9))));
        assertEquals("x: date (M/yyyy)", plan(texts("x", i -> 1 + i % 12 + "/2024")));
        assertEquals("x: date (MMM yyyy)", plan(texts("x", i -> "Sep " + (2000 + i % 9))));
        assertEquals("x: date (yyyy'Q'Q)", plan(texts("x", i -> 2000 + i + "Q" + (1 + i % 4))));
        assertEquals("x: date (YYYY-'W'ww)", plan(texts("x", i -> "2020-W" + (i % 44 + 10))));
        assertEquals("x: category (12 levels)", plan(texts("x", i -> "4711-" + (i % 12 + 1))));
    }

    @Test
    void whatKeepsATextFromBeingADateIsNamed() {
        assertEquals(
                "x: dropped (60 of 60 texts are different; most are dates of the form ISO, 'soon'"
                        + " is none: mend it, or take it as missing with --na)",
                plan(
                        texts(
                                "x",
                                i ->
                                        i == 7
                                                ? "soon"
                                                : "2024-" + (10 + i % 3) + "-" + (10 + i / 3))));
    }

    @Test
    void dayOrMonthIsAsked() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> plan(texts("when", i -> "0" + (1 + i % 9) + "/03/2024")));
        assertEquals(
                "date: when: '01/03/2024' may be d/M/yyyy or M/d/yyyy; say which: --date"
                        + " when=d/M/yyyy",
                e.getMessage());
        overrides.date("when", DateFormat.ofPattern("M/d/yyyy"));
        assertEquals(
                "when: date (as told, M/d/yyyy)",
                plan(texts("when", i -> "0" + (1 + i % 9) + "/03/2024")));
    }

    @Test
    void theUserDecides() {
        overrides.numeric(List.of("n"));
        overrides.category(List.of("c"));
        overrides.drop(List.of("d"));
        assertEquals(
                """
                n: number (as told; 1 values are no numbers and count as missing)
                c: category (as told)
                d: dropped (as told)\
                """,
                plan(
                        texts("n", i -> i == 7 ? "about 5" : "" + i),
                        numbers("c", i -> i % 5 + 0.0),
                        numbers("d", i -> i % 5 + 0.5)));
        overrides.drop(List.of("Home"));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> plan(numbers("home", i -> i % 5 + 0.0)));
        assertEquals("Table: no column 'n'; there are home", e.getMessage());
    }

    @Test
    void aColumnWithoutANumberIsNoneToLearnAsNumbers() {
        overrides.numeric(List.of("price"));
        assertEquals(
                "numeric: price holds no number, the first value is '$1,000'; write numbers without"
                        + " currency or percent signs, as 1234.5, or leave out --numeric price",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> plan(texts("price", i -> i == 0 ? null : "$" + i + ",000")))
                        .getMessage());
    }

    @Test
    void wrongDatesAreNamed() {
        overrides.date("x", DateFormat.ofPattern("dd.MM.yyyy"));
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> plan(texts("x", i -> i == 4 ? "soon" : "01.02.2024")));
        assertEquals(
                "date: x: 'soon' in row 5 is no date of the form dd.MM.yyyy; name the right form,"
                        + " or --category x",
                e.getMessage());
    }
}
