package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Models make the trip into a file and back, and rows that do not fit are named. */
class TabularFileTest {

    private static final int ROWS = 120;

    @TempDir private Path folder;

    private static Table table;
    private static TabularRun run;
    private static TabularRun numbers;

    @BeforeAll
    static void train() {
        Random random = new Random(1);
        double[] age = new double[ROWS];
        double[] income = new double[ROWS];
        String[] town = new String[ROWS];
        String[] code = new String[ROWS];
        String[] date = new String[ROWS];
        String[] risk = new String[ROWS];
        for (int i = 0; i < ROWS; i++) {
            age[i] = i % 9 == 0 ? Double.NaN : 20 + random.nextInt(50);
            income[i] = random.nextInt(4000) / 4.0;
            town[i] = "town " + random.nextInt(12);
            code[i] = i % 2 == 0 ? "1.50" : "x";
            date[i] = "%02d.03.2024".formatted(1 + random.nextInt(28));
            risk[i] = age[i] + random.nextInt(20) > 50 ? "low" : "high";
        }
        table =
                Table.of(
                        NumberColumn.of("age", age),
                        NumberColumn.of("income", income),
                        TextColumn.of("town", town),
                        TextColumn.of("code", code),
                        TextColumn.of("date", date),
                        TextColumn.of("risk", risk));
        run = Tabular.target("risk").epochs(2).folds(2).seed(7).fit(table);
        numbers = Tabular.target("income").logTarget().epochs(1).seed(7).fit(above(table));
    }

    private static Table above(Table table) {
        List<Column> columns = new ArrayList<>(table.columns());
        double[] income = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            income[i] = 1 + table.column("income").number(i);
        }
        columns.set(1, NumberColumn.of("income", income));
        return new Table(columns, table.source(), List.of());
    }

    @Test
    void loadedModelPredictsTheSameBits() throws IOException {
        Path file = folder.resolve("model.safetensors");
        run.model().threshold(0.25).save(file);
        TabularModel loaded = TabularModel.load(file);
        Predictions before = run.model().predict(table);
        Predictions after = loaded.predict(table);
        for (int i = 0; i < ROWS; i++) {
            assertArrayEquals(before.probabilities()[i], after.probabilities()[i]);
        }
        assertEquals(run.model().schema(), loaded.schema());
        assertEquals(run.model().target(), loaded.target());
        assertEquals(run.model().card(), loaded.card());
        assertEquals(0.25, loaded.threshold());
        assertEquals(2, loaded.networks().size());
        assertEquals(7, loaded.card().seed());
        assertEquals(run.measures(), loaded.card().leaderBoard().get(TabularRun.NETWORK));
        assertEquals("low", loaded.threshold(0).predict(loaded.example()).label());
        assertEquals("high", loaded.threshold(1).predict(loaded.example()).label());
    }

    @Test
    void numbersMakeTheTripToo() throws IOException {
        Path file = folder.resolve("model.safetensors");
        numbers.model().save(file);
        assertArrayEquals(
                numbers.model().predict(table).numbers(),
                TabularModel.load(file).predict(table).numbers());
    }

    @Test
    void monthsMakeTheTripToo() throws IOException {
        String[] months = new String[60];
        Arrays.setAll(months, i -> "20%02d-%02d".formatted(i / 12, i % 12 + 1));
        Table monthly =
                Table.of(
                        TextColumn.of("month", months),
                        NumberColumn.of("y", new Random(1).doubles(60).toArray()));
        TabularModel model = Tabular.target("y").epochs(1).fit(monthly).model();
        Path file = folder.resolve("months.safetensors");
        model.save(file);
        assertArrayEquals(
                model.predict(monthly).numbers(),
                TabularModel.load(file).predict(monthly).numbers());
        assertTrue(
                model.example().get("month").matches("20\\d\\d-\\d{1,2}"),
                model.example()::toString);
    }

    @Test
    void exampleIsMadeOfMediansAndModes() {
        Map<String, String> example = run.model().example();
        assertEquals(
                List.of("age", "income", "town", "code", "date"), List.copyOf(example.keySet()));
        assertTrue(example.get("date").matches("\\d{1,2}\\.3\\.2024"), example::toString);
        assertTrue(example.get("town").startsWith("town "), example::toString);
        assertEquals(2, run.model().predict(example).probabilities().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lanewise.tabular | \"hidden\":[256 | \"hidden\":[2000000000 | hold",
                "lanewise.tabular | \"hidden\":[256 | \"hidden\":[255 | expected the array",
                "lanewise.tabular | \"format\":1 | \"format\":2 | all that this version knows",
                "lanewise.tabular | \"members\":2 | \"members\":3 | no metadata",
                "lanewise.tabular | \"members\":2 | \"members\":0 | expected 1 to",
                "lanewise.tabular | \"dropout\":0.15 | \"dropout\":1.0 | a share from 0",
                "lanewise.tabular.member.1 | [\"high\",\"low\"] | [\"high\",\"law\"] | differ in",
                "lanewise.tabular.member.0 | \"task\":\"BINARY\" | \"task\":\"SIX\" | expected one",
            })
    void whatDoesNotFitIsRefused(String key, String from, String to, String message)
            throws IOException {
        Path file = folder.resolve("model.safetensors");
        run.model().save(file);
        Path changed = changed(file, key, from, to);
        FormatException e = assertThrows(FormatException.class, () -> TabularModel.load(changed));
        assertTrue(e.getMessage().contains(message), e::getMessage);
    }

    private Path changed(Path file, String key, String from, String to) throws IOException {
        Path changed = folder.resolve("changed.safetensors");
        try (TensorFile tensors = Safetensors.open(file)) {
            Map<String, String> metadata = new LinkedHashMap<>(tensors.metadata());
            metadata.remove("lanewise.checksum");
            assertTrue(metadata.get(key).contains(from), metadata.get(key));
            metadata.put(key, metadata.get(key).replace(from, to));
            List<TensorData> all = new ArrayList<>();
            for (TensorInfo info : tensors.tensors().values()) {
                all.add(TensorData.of(info, tensors.readFloats(info.name())));
            }
            Safetensors.write(changed, metadata, all);
        }
        return changed;
    }

    @Test
    void manyRowsOfALevelTakeNoMemory() {
        CategoryEncoder encoder =
                new CategoryEncoder(
                        "home",
                        List.of("own", "rent", "tent"),
                        List.of(),
                        List.of(0, 1 << 30, 9, 9, 0));
        assertEquals(5, encoder.codes().length);
        for (int[] times : new int[][] {{1, 0, 0}, {3, 2, 4}, {0, 9, 2}, {1, 1, 1}, {0, 30, 10}}) {
            double[] all = new double[times[0] + times[1] + times[2]];
            Arrays.fill(all, 0, times[0], -1);
            Arrays.fill(all, times[0] + times[1], all.length, 1);
            assertEquals(RobustScale.of(all), RobustScale.of(new double[] {-1, 0, 1}, times));
        }
    }

    @Test
    void otherFilesAreNoModels() throws IOException {
        Path file = folder.resolve("other.safetensors");
        Safetensors.write(file, Map.of("format", "pt"), List.of());
        FormatException e = assertThrows(FormatException.class, () -> TabularModel.load(file));
        assertEquals(
                "tabular: "
                        + file
                        + ": no metadata 'lanewise.tabular', found [format]; expected a model that"
                        + " train wrote",
                e.getMessage().replace("lanewise.checksum, ", ""));
    }

    @Test
    void rowsThatDoNotFitAreNamed() {
        String[] ages = new String[] {"30", "old", null, "40"};
        String[] dates = new String[] {"1.3.2024", "2.3.2024", "soon", null};
        Table rows =
                Table.of(
                        TextColumn.of("age", ages),
                        NumberColumn.of("income", 1, 2, 3, 4),
                        TextColumn.of("town", "town 1", "nowhere", null, "town 2"),
                        TextColumn.of("code", "x", "x", "1.50", "1.5"),
                        TextColumn.of("date", dates));
        assertEquals(
                Map.of(
                        1, "row 2: age: 'old' is no number",
                        2, "row 3: date: 'soon' is no date of the form d.M.yyyy"),
                run.model().faults(rows));
        assertEquals(
                "predict: row 2: age: 'old' is no number",
                assertThrows(IllegalArgumentException.class, () -> run.model().predict(rows))
                        .getMessage());
        Predictions lenient = run.model().lenient().predict(rows);
        Map<String, Object> row = new HashMap<>();
        row.put("income", 2);
        row.put("town", "nowhere");
        row.put("code", "x");
        row.put("date", "2.3.2024");
        assertEquals(
                lenient.probabilities()[1][0],
                run.model().lenient().predict(row).probabilities().get("high"));
        Table less = Table.of(NumberColumn.of("Age", 1), NumberColumn.of("income", 2));
        assertEquals(
                "predict: the table has no column 'age'; you gave 'Age', did you mean 'age'?",
                assertThrows(IllegalArgumentException.class, () -> run.model().predict(less))
                        .getMessage());
        assertEquals(1, run.model().lenient().predict(less).size());
    }

    @Test
    void textsThatLookLikeNumbersStayTexts() {
        assertEquals(Set.of("town", "code"), run.model().textColumns());
    }
}
