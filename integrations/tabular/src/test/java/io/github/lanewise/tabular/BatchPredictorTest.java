package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of values, many at once. */
class BatchPredictorTest {

    record Row(Double size, String town, LocalDate day, String label) {}

    private static TabularModel model;

    @BeforeAll
    static void train() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(
                    new Row(
                            i % 9 == 0 ? null : i * 7 % 31 + 0.5,
                            "town " + i % 11,
                            LocalDate.of(2021, 3, 1).plusDays(i),
                            i * 7 % 31 < 15 ? "a" : "b"));
        }
        model = Tabular.target("label").epochs(2).folds(2).fit(Table.of(rows, Row.class)).model();
    }

    private static List<Object> row(int i) {
        return Arrays.asList(
                i % 5 == 0 ? null : i * 0.25,
                i % 7 == 0 ? null : "town " + i % 13,
                i % 6 == 0 ? null : LocalDate.of(2021, 3, 1).plusDays(i).toString());
    }

    @Test
    void givesTheBitsOfSingleRows() {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            rows.add(row(i));
        }
        Predictions all = model.batchPredictor().predict(rows);
        for (int i = 0; i < 600; i += 37) {
            Map<String, Object> map = new HashMap<>();
            for (int j = 0; j < 3; j++) {
                map.put(model.columns().get(j), rows.get(i).get(j));
            }
            assertArrayEquals(
                    model.predict(map).probabilities().values().stream()
                            .mapToDouble(p -> p)
                            .toArray(),
                    all.probabilities()[i]);
        }
    }

    @Test
    void faultsNameRowColumnAndValue() {
        BatchPredictor predictor = model.batchPredictor();
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> predictor.predict(List.of(row(0), Arrays.asList("x", "y", null))));
        assertEquals(
                "predict: row 1: size: 'x' is no number; give a number, or null for a missing one",
                e.getMessage());
        assertEquals(
                "predict: row 0 has 1 values; the model takes 3: size, town, day",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> predictor.predict(List.of(List.of(1))))
                        .getMessage());
    }

    @Test
    void typicalDateIsTheMedianInTheFormOfTheTable() {
        String[] days = new String[100];
        double[] sizes = new double[days.length];
        for (int i = 0; i < days.length; i++) {
            days[i] = (1 + i % 28) + ".3." + (2000 + i % 21);
            sizes[i] = i * 37 % 101 + 0.5;
        }
        TabularModel dated =
                Tabular.target("size")
                        .epochs(1)
                        .fit(Table.of(TextColumn.of("day", days), NumberColumn.of("size", sizes)))
                        .model();
        InputColumn day = dated.inputs().getFirst();
        assertEquals("d.M.yyyy", day.pattern());
        assertEquals(dated.example().get("day"), day.typical());
        assertTrue(
                day.typical().toString().matches("\\d+\\.\\d+\\.20(0[89]|1[012])"), day.toString());
    }

    @Test
    void inputsTellWhatAColumnTakes() {
        List<InputColumn> inputs = model.inputs();
        assertEquals(ColumnPlan.Kind.NUMBER, inputs.get(0).kind());
        assertEquals(ColumnPlan.Kind.CATEGORY, inputs.get(1).kind());
        assertEquals(11, inputs.get(1).levels().size());
        assertEquals(inputs.get(1).levels().getFirst(), inputs.get(1).typical());
        assertEquals(ColumnPlan.Kind.DATE, inputs.get(2).kind());
        assertEquals(DateFormat.ISO, inputs.get(2).pattern());
        BatchPredictor predictor = model.batchPredictor();
        assertTrue(predictor.isUnknown(1, "town 12"));
        assertFalse(predictor.isUnknown(1, "town 3"));
        assertFalse(predictor.isUnknown(1, null));
        assertFalse(predictor.isUnknown(0, 99));
    }
}
