package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class ColumnTest {

    private static void sameBack(long bytes, double... numbers) {
        NumberColumn column = NumberColumn.of("x", numbers);
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(
                    Double.doubleToLongBits(numbers[i]),
                    Double.doubleToLongBits(column.number(i)),
                    () -> Arrays.toString(numbers));
        }
        assertEquals(bytes, column.bytes());
    }

    @Test
    void numbersComeBackFromTheFewestBytes() {
        sameBack(4, 0, 1, Double.NaN, -127);
        sameBack(4, 0, 128);
        sameBack(3, 1.5, 12.7, -0.1);
        sameBack(6, 123.45, 0, Double.NaN);
        sameBack(8, 40_000, 1_000_000_000);
        sameBack(8, Math.scalb(1.0, -30), 1e20f);
        sameBack(16, Math.PI, 1);
        sameBack(8, -0.0, 5);
    }

    @Test
    void longColumnsAreKeptInChunks() {
        Random random = new Random(1);
        double[] numbers = new double[3 * NumberChunk.SIZE + 5];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i < NumberChunk.SIZE ? i % 100 : random.nextDouble();
        }
        NumberColumn column = NumberColumn.of("x", numbers);
        assertEquals(numbers.length, column.rows());
        for (int i = 0; i < numbers.length; i += 997) {
            assertEquals(numbers[i], column.number(i));
        }
        assertTrue(column.bytes() < 8L * numbers.length);
    }

    @Test
    void textsAreKeptOnce() {
        String[] texts = new String[1000];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = i % 5 == 0 ? null : "level " + i % 400;
        }
        TextColumn column = TextColumn.of("x", texts);
        assertEquals(320, column.levels().size());
        for (int i = 0; i < texts.length; i++) {
            assertEquals(texts[i], column.text(i));
        }
    }

    enum Home {
        RENT,
        OWN
    }

    record Client(
            int age, Double income, Home home, boolean married, String job, LocalDate since) {}

    @Test
    void recordsBecomeColumns() {
        Table table =
                Table.of(
                        List.of(
                                new Client(
                                        40, 1.5, Home.OWN, true, "cook", LocalDate.of(2020, 2, 3)),
                                new Client(30, null, Home.RENT, false, null, null)),
                        Client.class);
        assertEquals(40, table.column("age").number(0));
        assertTrue(table.column("income").isMissing(1));
        assertEquals("OWN", table.column("home").text(0));
        assertEquals("false", table.column("married").text(1));
        assertTrue(table.column("job").isMissing(1));
        assertEquals("2020-02-03", table.column("since").text(0));
    }

    record Odd(Object thing) {}

    @Test
    void recordsOfOtherThingsAreRefused() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Table.of(List.of(new Odd(1)), Odd.class));
        assertEquals(
                "Table: Odd.thing is a Object; it must be a number, a text, a boolean, an enum or a"
                        + " date",
                e.getMessage());
    }

    @Test
    void unknownColumnsAreGuessed() {
        Table table = Table.of(NumberColumn.of("Income", 1), NumberColumn.of("Age", 2));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> table.column("income"));
        assertEquals("Table: no column 'income'; did you mean 'Income'?", e.getMessage());
    }
}
