package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

class ModelJsonTest {

    private static final int ROWS = 60;

    private static Table table() {
        return Table.of(
                NumberColumn.of(
                        "x", IntStream.range(0, ROWS).mapToDouble(i -> i % 7 / 3.0).toArray()),
                NumberColumn.of(
                        "holes",
                        IntStream.range(0, ROWS)
                                .mapToDouble(i -> i % 4 == 0 ? Double.NaN : i * i)
                                .toArray()),
                texts("few", i -> i % 5 == 0 ? null : "l" + i % 3),
                texts("many", i -> i == 7 ? "once" : "m" + i % 11),
                texts("when", i -> "2024-03-%02dT%02d:30".formatted(1 + i % 28, i % 24)));
    }

    private static TextColumn texts(String name, IntFunction<String> cell) {
        return TextColumn.of(name, IntStream.range(0, ROWS).mapToObj(cell).toArray(String[]::new));
    }

    private static Json read(Json json) throws FormatException {
        return Json.parse(json.toString().getBytes(StandardCharsets.UTF_8), "test");
    }

    @Test
    void whatWasFittedComesBack() throws FormatException {
        Schema schema = SchemaInference.of(table(), Set.of(), new Overrides());
        assertEquals(schema, ModelJson.schema(read(ModelJson.of(schema))));
        int[] rows = IntStream.range(0, ROWS).toArray();
        Preprocessing fitted = Preprocessing.fit(schema, table(), rows);
        assertEquals(5, fitted.encoders().size());
        assertEquals(fitted, ModelJson.preprocessing(read(ModelJson.of(fitted))));
        for (String column : new String[] {"few", "x"}) {
            Column values = table().column(column);
            Target target =
                    TargetInference.of(values, null, null, new ArrayList<>())
                            .fit(values, rows, false, true);
            assertEquals(target, ModelJson.target(read(ModelJson.of(target))));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = (char) 96,
            delimiter = '|',
            value = {
                "{'type':'tree','column':'x'} | [0].type: expected number, category or date",
                "{'type':'number','column':'x','scale':{'median':'NaN','range':1}} |"
                        + " [0].scale.median: expected a finite number",
                "{'type':'category','column':'x','levels':['a','a'],'rare':'','counts':[1,1,1,0]} |"
                        + " [0].levels: expected each text once",
                "{'type':'category','column':'x','levels':['a'],'rare':'','counts':[1,1]} |"
                        + " [0].counts: expected a count for missing cells, each level and the rare"
                        + " ones",
                "{'type':'category','column':'x','levels':['a'],'rare':'','counts':[1,-1,0]} |"
                        + " [0].counts: expected counts of 0 or more"
            })
    void whatDoesNotFitTogetherIsRefused(String encoder, String message) {
        String text = "[" + encoder.replace('\'', '"') + "]";
        FormatException e =
                assertThrows(
                        FormatException.class,
                        () ->
                                ModelJson.preprocessing(
                                        Json.parse(text.getBytes(StandardCharsets.UTF_8), "test")));
        assertEquals(
                "json: test: " + message,
                e.getMessage().substring(0, e.getMessage().indexOf(", found")));
    }

    @Test
    void moreLevelsThanJsonTakesValuesComeBack() throws FormatException {
        List<String> rare = new ArrayList<>(List.of("a\nb", "a\\nb", "\\", "\n", "ä"));
        IntStream.range(0, 1_000_001).forEach(i -> rare.add("level " + i));
        CategoryEncoder many =
                new CategoryEncoder("x", List.of("y"), rare, List.of(0, 2, rare.size()));
        Preprocessing fitted = new Preprocessing(List.of(many));
        assertEquals(fitted, ModelJson.preprocessing(read(ModelJson.of(fitted))));
    }

    @Test
    void classesFitTheTask() {
        Target target = new Target("y", Task.BINARY, List.of("a", "b"), null);
        Json json = ModelJson.of(target).with("classes", List.of("a"));
        assertThrows(FormatException.class, () -> ModelJson.target(read(json)));
    }
}
