package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whole numbers of more digits than a double keeps: neighbours must stay different. */
class LongNumbersTest {

    /** Both are the double 2^62. */
    private static final long FIRST = 1L << 62;

    private static final int ROWS = 80;

    record Paid(long account, BigInteger bank, double amount, String risk) {}

    record Asked(long account, double amount) {}

    record AskedBoxed(Long account, double amount) {}

    private static Table table;
    private static TabularModel model;

    @BeforeAll
    static void train() {
        List<Paid> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            BigInteger bank = BigInteger.TEN.pow(20).add(BigInteger.valueOf(i % 4));
            rows.add(new Paid(FIRST + i % 2, bank, i % 7, i % 2 == 0 ? "low" : "high"));
        }
        table = Table.of(rows, Paid.class);
        model =
                Tabular.target("risk")
                        .category("account")
                        .drop("bank")
                        .epochs(8)
                        .fit(table)
                        .model();
    }

    private static String plan(Table table, Overrides overrides) {
        return SchemaInference.of(table, Set.of("risk"), overrides).toString();
    }

    @Test
    void theyAreNumbersUnlessToldAndIdsByName() {
        String reason = "number (some have more digits than a number keeps and are rounded;";
        assertTrue(
                plan(table, new Overrides()).startsWith("account: " + reason),
                plan(table, new Overrides()));
        String[] ids = new String[ROWS];
        String[] codes = new String[ROWS];
        for (int i = 0; i < ROWS; i++) {
            ids[i] = Long.toString(FIRST + 3 * i);
            codes[i] = "0" + ids[i];
        }
        assertEquals(
                "order_id: dropped (numbers the rows: an id)",
                plan(Table.of(TextColumn.of("order_id", ids)), new Overrides()));
        assertTrue(
                plan(Table.of(TextColumn.of("code", codes)), new Overrides()).contains("dropped"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740993",
                "123456789012345678901",
                "+9999999999999999"
            })
    void csvKeepsTheirDigits(String digits, @TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("a.csv"), "x,y\n1,2.5\n" + digits + ",1e300\n");
        Table read = Csv.read(file);
        assertEquals(digits, read.column("x").text(1));
        assertEquals(Double.parseDouble(digits), read.column("x").number(1));
        assertEquals(1, read.column("x").number(0));
        assertTrue(read.column("y") instanceof NumberColumn);
    }

    @Test
    void shorterOnesAreNumbers(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("a.csv"), "x\n9007199254740991\n-9007199254740991\n");
        assertEquals("9007199254740991", Csv.read(file).column("x").text(0));
        assertTrue(Csv.read(file).column("x") instanceof NumberColumn);
    }

    @Test
    void levelsAreToldApartInAllWaysToPredict() {
        Prediction low = model.predict(Map.of("account", FIRST, "amount", 3));
        Prediction high = model.predict(Map.of("account", FIRST + 1, "amount", 3));
        assertEquals("low", low.label());
        assertEquals("high", high.label());
        assertEquals(high, model.predict(Map.of("account", "" + (FIRST + 1), "amount", 3)));
        assertEquals(
                high, model.predict(Map.of("account", BigInteger.valueOf(FIRST + 1), "amount", 3)));
        assertEquals(
                high, model.predict(Map.of("account", BigDecimal.valueOf(FIRST + 1), "amount", 3)));
        assertEquals(high, model.predictor(Asked.class).predict(new Asked(FIRST + 1, 3)));
        assertEquals(high, model.predictor(AskedBoxed.class).predict(new AskedBoxed(FIRST + 1, 3)));
        BatchPredictor batch = model.batchPredictor();
        List<List<Object>> rows = List.of(List.of(FIRST + 1, 3.0), List.of(FIRST, 3.0));
        assertArrayEquals(
                new double[] {high.probabilities().get("low"), low.probabilities().get("low")},
                new double[] {
                    batch.predict(rows).probabilities()[0][1],
                    batch.predict(rows).probabilities()[1][1]
                });
        assertTrue(batch.isUnknown(0, FIRST + 2));
        assertEquals(Set.of("account"), model.textColumns());
    }

    @Test
    void aQueryKeepsThem() throws SQLException {
        String query =
                """
                select x + 4611686018427387900 as account, cast(x as bigint) as small,
                  cast('12345678901234567890' as numeric(30)) + x as wide, x / 2.0 as half,
                  case when x < 3 then x else 4611686018427387904 + x end as late
                from system_range(1, 20)\
                """;
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Table read = Table.of(rows);
            assertEquals("4611686018427387901", read.column("ACCOUNT").text(0));
            assertEquals("12345678901234567893", read.column("WIDE").text(2));
            assertEquals("2", read.column("LATE").text(1));
            assertEquals("4611686018427387907", read.column("LATE").text(2));
            assertTrue(read.column("SMALL") instanceof NumberColumn);
            assertTrue(read.column("HALF") instanceof NumberColumn);
        }
    }

    @Test
    void groupsAndClassesAreToldApart() {
        Table swapped =
                Table.of(table.column("account"), table.column("amount"), table.column("bank"));
        TabularModel classes = Tabular.target("account").epochs(2).fit(swapped).model();
        assertEquals(List.of("" + FIRST, "" + (FIRST + 1)), classes.target().classes());
        Split split =
                new Splitter(1)
                        .byGroup(
                                java.util.stream.IntStream.range(0, ROWS).toArray(),
                                table.column("bank"),
                                true);
        assertEquals(20, split.test().length, "four groups");
    }

    @Test
    void manyOfThemAreANumberToPredict() {
        String[] texts = new String[ROWS];
        double[] x = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            texts[i] = "" + (FIRST + (i * 7919L % 1000 << 40));
            x[i] = i * 7919 % 1000;
        }
        Table numbers = Table.of(TextColumn.of("y", texts), NumberColumn.of("x", x));
        TabularRun run = Tabular.target("y").epochs(2).fit(numbers);
        assertEquals(Task.REGRESSION, run.model().target().task());
    }

    @Test
    void theyAreTimesAndWholeNumbersOfDoublesAreNot() {
        assertNull(Cell.digits(1e300));
        assertNull(Cell.digits(FIRST * 1.0));
        assertNull(Cell.digits(new BigDecimal("1e400")));
        assertNull(Cell.digits(new BigDecimal("12345678901234567890.5")));
        assertEquals("" + Long.MIN_VALUE, Cell.digits(Long.MIN_VALUE));
        assertNotEquals(Cell.text(FIRST), Cell.text(FIRST + 1));
        String[] nanos = new String[ROWS];
        java.util.Arrays.setAll(nanos, i -> "1700000" + (100_000_000_001L + 7919L * i));
        Column time = TextColumn.of("nanos", nanos);
        Table timed = Table.of(time, table.column("amount"), table.column("risk"));
        TabularRun run = Tabular.target("risk").time("nanos").epochs(2).fit(timed);
        assertTrue(run.testRows().length > 0);
    }
}
