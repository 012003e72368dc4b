package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whole runs on small tables that the tests make. */
class TabularTest {

    record Client(Double age, double income, String home, String town) {}

    record Row(Double age, double income, String home, String town, String risk, double loss) {}

    private static Table table;
    private static TabularRun classes;

    @BeforeAll
    static void train() {
        table = Table.of(rows(400), Row.class);
        classes = Tabular.target("risk").drop("loss").epochs(12).seed(1).fit(table);
    }

    private static List<Row> rows(int n) {
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Double age = random.nextInt(10) == 0 ? null : 20.0 + random.nextInt(50);
            double income = 1000 + 10 * random.nextInt(400);
            String home = random.nextBoolean() ? "rent" : "own";
            String town = "town " + random.nextInt(12);
            double score = (age == null ? 0 : (age - 45) / 15) + (home.equals("own") ? 1.5 : -1.5);
            String risk = score + random.nextGaussian() / 4 > 0 ? "low" : "high";
            rows.add(new Row(age, income, home, town, risk, 100 * score + income / 100));
        }
        return rows;
    }

    private static Map<String, Object> client(Object home) {
        Map<String, Object> row = new HashMap<>();
        row.put("age", 60);
        row.put("income", 3000.0);
        row.put("home", home);
        row.put("town", "town 3");
        return row;
    }

    @Test
    void networkLearnsWhatThereIs() {
        assertEquals(
                List.of("prior", "linear", "network"), List.copyOf(classes.leaderBoard().keySet()));
        Measures measures = classes.measures();
        assertTrue(measures.get("auc") > 0.95, measures::toString);
        assertTrue(
                measures.get("logLoss")
                        < classes.leaderBoard().get(TabularRun.PRIOR).get("logLoss") / 2,
                measures::toString);
        double[] interval = classes.intervals().get("accuracy");
        assertTrue(interval[0] <= measures.get("accuracy"));
        assertTrue(interval[1] >= measures.get("accuracy"));
        assertEquals(12, classes.histories().getFirst().epochs().size());
        assertTrue(
                classes.notes().contains("split: 256 rows to train, 64 to validate, 80 to test"));
    }

    @Test
    void whereNoColumnIsLeftTheReasonsAreTold(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("x;y;risk\n");
        for (int i = 0; i < 60; i++) {
            String last = i % 7 == 0 ? "#DIV/0!" : "1" + i;
            text.append("%d,%d;%s;%s\n".formatted(i, i, last, i % 2 == 0 ? "low" : "high"));
        }
        Table table = Csv.read(Files.writeString(folder.resolve("a.csv"), text));
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tabular.target("risk").fit(table))
                        .getMessage();
        assertTrue(message.startsWith("schema: no column is left to learn from:\n"), message);
        assertTrue(message.contains("give --decimal ',' or write numbers with a point"), message);
        assertTrue(message.contains("--numeric y makes them missing"), message);
        assertTrue(message.contains("x: dropped (60 of 60 texts are different)"), message);
        String[] risks = new String[40];
        Arrays.setAll(risks, i -> i % 2 == 0 ? "low" : "high");
        Table alone = Table.of(TextColumn.of("risk", risks));
        assertEquals(
                "schema: no column is left to learn from; there is none beside the target",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tabular.target("risk").fit(alone))
                        .getMessage());
    }

    @Test
    void allWaysToPredictGiveTheSameBits() {
        TabularModel model = classes.model();
        assertEquals(List.of("age", "income", "home", "town"), model.columns());
        RecordPredictor<Client> predictor = model.predictor(Client.class);
        Predictions all = model.predict(table);
        double[] results = new double[2];
        for (int i = 0; i < 50; i++) {
            Row row = rows(50).get(i);
            Client client = new Client(row.age, row.income, row.home, row.town);
            predictor.predict(client, results);
            assertArrayEquals(all.probabilities()[i], results);
            Prediction prediction = predictor.predict(client);
            assertEquals(all.label(i) == 0 ? "high" : "low", prediction.label());
            Map<String, Object> map = new HashMap<>();
            map.put("age", row.age);
            map.put("income", row.income);
            map.put("home", row.home);
            map.put("town", row.town);
            assertEquals(prediction, model.predict(map));
        }
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        TabularModel model = classes.model();
        Map<String, Object> row = client("own");
        assertEquals("low", model.predict(row).label());
        row.put("Age", row.remove("age"));
        assertEquals(
                "predict: no value for 'age'; you gave 'Age', did you mean 'age'?; give null for a"
                        + " missing one",
                assertThrows(IllegalArgumentException.class, () -> model.predict(row))
                        .getMessage());
        row.put("age", "old");
        assertEquals(
                "predict: age: 'old' is no number; give a number, or null for a missing one",
                assertThrows(IllegalArgumentException.class, () -> model.predict(row))
                        .getMessage());
    }

    @Test
    void missingAndUnknownValuesArePredicted() {
        double own = classes.model().predict(client("own")).probabilities().get("low");
        double rent = classes.model().predict(client("rent")).probabilities().get("low");
        double tent = classes.model().predict(client("tent")).probabilities().get("low");
        assertTrue(rent < tent && tent < own, rent + " " + tent + " " + own);
        assertEquals(2, classes.model().predict(client(null)).probabilities().size());
    }

    @Test
    void flightRecorderSeesEpochs(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("epochs.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.github.lanewise.Epoch").withoutThreshold();
            recording.start();
            Tabular.target("risk").drop("loss").epochs(2).fit(table);
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events =
                RecordingFile.readAllEvents(file).stream()
                        .filter(e -> e.getEventType().getName().endsWith(".Epoch"))
                        .toList();
        assertEquals(List.of(1, 2), events.stream().map(e -> e.getInt("epoch")).toList());
        assertEquals(2, events.getFirst().getInt("epochs"));
        assertEquals(256, events.getFirst().getInt("rows"));
        assertTrue(events.getFirst().getDouble("validation") > 0);
    }

    @Test
    void sameSeedSameBits() {
        TabularRun again = Tabular.target("risk").drop("loss").epochs(12).seed(1).fit(table);
        assertArrayEquals(classes.test().probabilities()[3], again.test().probabilities()[3]);
        assertEquals(classes.leaderBoard(), again.leaderBoard());
    }

    @Test
    void numbersArePredictedWithinTheirRange() {
        TabularRun run = Tabular.target("loss").drop("risk").epochs(48).seed(1).fit(table);
        assertTrue(run.measures().get("r2") > 0.6, run.measures()::toString);
        Target.Scale scale = run.model().target().scale();
        for (double number : run.test().numbers()) {
            assertTrue(scale.least() <= number && number <= scale.most());
        }
    }

    @Test
    void foldsAreOneModel() {
        TabularRun run = Tabular.target("risk").drop("loss").epochs(3).folds(3).seed(1).fit(table);
        assertEquals(3, run.histories().size());
        double sum = 0;
        for (double p : run.test().probabilities()[0]) {
            sum += p;
        }
        assertEquals(1, sum, 1e-9);
    }

    @Test
    void whatKnowsTheTargetIsNamed() {
        List<Row> rows = rows(300);
        TextColumn risk =
                TextColumn.of("risk", rows.stream().map(Row::risk).toArray(String[]::new));
        NumberColumn days =
                NumberColumn.of(
                        "overdue",
                        rows.stream()
                                .mapToDouble(r -> r.risk.equals("high") ? 30 + r.loss : -r.loss)
                                .toArray());
        TextColumn state =
                TextColumn.of(
                        "state",
                        rows.stream()
                                .map(r -> r.risk.equals("high") ? "dunned" : "paid")
                                .toArray(String[]::new));
        TextColumn date =
                TextColumn.of(
                        "date",
                        rows.stream()
                                .map(r -> "2024-03-" + (10 + (int) r.income % 19))
                                .toArray(String[]::new));
        TabularRun run = Tabular.target("risk").epochs(1).fit(Table.of(days, state, date, risk));
        assertTrue(
                run.warnings()
                        .contains(
                                "state alone tells the target (AUC 1.0000); is it known when you"
                                        + " predict? --drop state leaves it out"),
                run.warnings()::toString);
        assertTrue(
                run.warnings().stream().anyMatch(w -> w.startsWith("date is a date, but")),
                run.warnings()::toString);
    }

    @Test
    void commonRowsAreCounted() {
        Table half = Table.of(rows(60), Row.class);
        TabularRun run = Tabular.target("risk").drop("loss").epochs(1).test(half).fit(table);
        assertTrue(
                run.warnings()
                        .contains(
                                "60 of 60 test rows stand in the training rows, too (by chance"
                                        + " about 0 would): the test is too easy"),
                run.warnings()::toString);
    }

    @Test
    void rowsThatRepeatByChanceAreNoLeak() {
        String[] home = new String[300];
        String[] town = new String[300];
        String[] risk = new String[300];
        double[] rooms = new double[300];
        Random random = new Random(1);
        for (int i = 0; i < home.length; i++) {
            town[i] = "t" + random.nextInt(6);
            home[i] = town[i].equals("t0") ? "rent" : "own";
            rooms[i] = random.nextInt(9);
            risk[i] = rooms[i] + random.nextInt(4) > 5 ? "low" : "high";
        }
        Table coarse =
                Table.of(
                        TextColumn.of("home", home),
                        TextColumn.of("town", town),
                        NumberColumn.of("rooms", rooms),
                        TextColumn.of("risk", risk));
        TabularRun run = Tabular.target("risk").epochs(1).fit(coarse);
        assertTrue(
                run.warnings().stream().noneMatch(w -> w.contains("too easy")),
                run.warnings()::toString);
    }

    @Test
    void numbersOfManyMagnitudesAreHintedAt() {
        double[] x = new Random(1).doubles(200, -3, 9).toArray();
        Column log = NumberColumn.of("x", x);
        Column wide = NumberColumn.of("y", Arrays.stream(x).map(v -> Math.pow(10, v)).toArray());
        Tabular wideTarget = Tabular.target("y").epochs(1);
        String hint = wideTarget.fit(Table.of(log, wide)).warnings().toString();
        assertTrue(hint.contains("--log-target"), hint);
        assertFalse(
                wideTarget
                        .logTarget()
                        .fit(Table.of(log, wide))
                        .warnings()
                        .toString()
                        .contains("--log-target"));
        Column usual = NumberColumn.of("y", Arrays.stream(x).map(v -> 4 + v).toArray());
        assertFalse(
                Tabular.target("y")
                        .epochs(1)
                        .fit(Table.of(log, usual))
                        .warnings()
                        .toString()
                        .contains("--log-target"));
    }

    @Test
    void balancedWeightsRaiseTheRareClass() {
        Random random = new Random(1);
        double[] noise = random.doubles(300).toArray();
        String[] rare = new String[300];
        for (int i = 0; i < rare.length; i++) {
            rare[i] = random.nextInt(10) == 0 ? "ill" : "well";
        }
        Table ill = Table.of(NumberColumn.of("noise", noise), TextColumn.of("state", rare));
        Tabular options = Tabular.target("state").epochs(30).seed(1);
        double plain = mean(options.fit(ill));
        double balanced = mean(options.balancedClassWeights().fit(ill));
        assertTrue(plain < 0.15 && 1.5 * plain < balanced, plain + " " + balanced);
    }

    private static double mean(TabularRun run) {
        double sum = 0;
        for (double[] p : run.test().probabilities()) {
            sum += p[0];
        }
        return sum / run.test().size();
    }

    @Test
    void wrongOptionsAreRefused() {
        assertEquals(
                "Table: no column 'Risk'; did you mean 'risk'?",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tabular.target("Risk").fit(table))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Tabular.target("risk").time("income").folds(3).fit(table));
        Tabular number = Tabular.target("loss").positive("1");
        assertEquals(
                "target: loss is of the task regression, which takes no --positive; leave it out,"
                        + " or choose another --task",
                assertThrows(IllegalArgumentException.class, () -> number.fit(table)).getMessage());
        for (Tabular misfit :
                List.of(
                        Tabular.target("loss").balancedClassWeights(),
                        Tabular.target("loss").metric(Metric.ACCURACY),
                        Tabular.target("town").positive("town 3"),
                        Tabular.target("risk").logTarget())) {
            String message =
                    assertThrows(IllegalArgumentException.class, () -> misfit.fit(table))
                            .getMessage();
            assertTrue(message.contains("which takes no --"), message);
        }
        assertEquals(
                "split: home has 2 groups; there must be 3, one for each part, or leave out"
                        + " --group",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tabular.target("risk").group("home").fit(table))
                        .getMessage());
        assertEquals(
                "split: town is no time: 12 levels; --time takes dates or numbers; --date"
                        + " town=PATTERN says how dates are written",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tabular.target("risk").time("town").fit(table))
                        .getMessage());
    }

    @Test
    void testRowsThatCannotBeMeasuredAreNamed() {
        String[] labels = new String[60];
        double[] sizes = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3 == 0 ? "a" : "b";
            sizes[i] = i * 37 % 61 + 0.5;
        }
        Table other =
                Table.of(
                        NumberColumn.of("size", 1, 2, 3, 4, 5),
                        TextColumn.of("y", "a", null, "c", "b", "c"));
        TabularRun run =
                Tabular.target("y")
                        .epochs(1)
                        .test(other)
                        .fit(Table.of(NumberColumn.of("size", sizes), TextColumn.of("y", labels)));
        assertEquals(2, run.testRows().length);
        assertTrue(
                run.notes().contains("1 test rows without a target were left out"),
                () -> run.notes().toString());
        assertTrue(
                run.warnings()
                        .contains(
                                "2 of 5 test rows have a class of y that training has not seen;"
                                        + " they are not measured"),
                () -> run.warnings().toString());
    }

    /** Warnings of a run whose test has these targets, as classes or as numbers. */
    private static List<String> warnings(Column target, Column tested) {
        double[] sizes = new double[target.rows()];
        Arrays.setAll(sizes, i -> i * 37 % 61 + 0.5);
        Table other =
                Table.of(NumberColumn.of("size", Arrays.copyOf(sizes, tested.rows())), tested);
        return Tabular.target("y")
                .epochs(1)
                .test(other)
                .fit(Table.of(NumberColumn.of("size", sizes), target))
                .warnings();
    }

    @Test
    void measuresThatTheTestRowsLeaveUndefinedAreExplained() {
        String[] two = new String[60];
        Arrays.setAll(two, i -> i % 3 == 0 ? "yes" : "no");
        List<String> onlyNo = warnings(TextColumn.of("y", two), TextColumn.of("y", "no", "no"));
        assertTrue(
                onlyNo.contains(
                        "all 2 test rows have 'no' as y: auc and averagePrecision say nothing; test"
                                + " on more rows"),
                onlyNo::toString);
        List<String> both = warnings(TextColumn.of("y", two), TextColumn.of("y", "no", "yes"));
        assertTrue(both.stream().noneMatch(w -> w.contains("test rows have")), both::toString);
        String[] three = new String[60];
        Arrays.setAll(three, i -> "class " + i % 3);
        List<String> one =
                warnings(TextColumn.of("y", three), TextColumn.of("y", "class 0", "class 2"));
        assertTrue(
                one.contains(
                        "1 of 3 classes of y are in no test row: 'class 1'; balancedAccuracy, auc"
                                + " and averagePrecision are means over the others"),
                one::toString);
        double[] numbers = new double[60];
        Arrays.setAll(numbers, i -> i * 0.5);
        List<String> alike = warnings(NumberColumn.of("y", numbers), NumberColumn.of("y", 3, 3));
        assertTrue(
                alike.contains("all 2 test rows have 3 as y: r2 is not defined; test on more rows"),
                alike::toString);
    }

    @Test
    void textsThatDifferInCaseAloneAreNamed() {
        String[] answers = new String[60];
        Arrays.setAll(answers, i -> List.of("no", "yes", "No", "maybe").get(i % 4));
        String[] towns = new String[60];
        Arrays.setAll(towns, i -> List.of("Bonn", "Köln", "BONN", "KÖLN").get(i * 7 % 4));
        double[] sizes = new double[60];
        Arrays.setAll(sizes, i -> i * 37 % 61 + 0.5);
        List<String> warnings =
                Tabular.target("y")
                        .epochs(1)
                        .fit(
                                Table.of(
                                        NumberColumn.of("size", sizes),
                                        TextColumn.of("town", towns),
                                        TextColumn.of("y", answers)))
                        .warnings();
        assertTrue(
                warnings.contains(
                        "y: 'No' and 'no' differ in case alone and are two classes; if they mean"
                                + " the same, write them alike"),
                warnings::toString);
        assertTrue(
                warnings.contains(
                        "town: 'BONN' and 'Bonn' differ in case alone and are two levels (2 such"
                                + " pairs); if they mean the same, write them alike"),
                warnings::toString);
        assertEquals(2, warnings.stream().filter(w -> w.contains("in case alone")).count());
    }

    @Test
    void aTableOfTheTestThatLacksAColumnIsNamed() {
        List<Column> columns =
                table.columns().stream().filter(column -> !column.name().equals("home")).toList();
        Table other = new Table(columns, new Source("late.csv", 0, "", 400, 0), List.of());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Tabular.target("risk").epochs(1).test(other).fit(table));
        assertTrue(
                e.getMessage().startsWith("test: late.csv has no column 'home', which "),
                e::getMessage);
    }
}
