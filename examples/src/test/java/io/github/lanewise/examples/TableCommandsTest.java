package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.tabular.TrainingHistory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** train, predict and inspect, from end to end on a small table. */
class TableCommandsTest {

    private static final int ROWS = 120;

    @TempDir private static Path folder;

    private static Path csv;
    private static Path model;

    private static final StringWriter OUT = new StringWriter();
    private static final StringWriter ERR = new StringWriter();

    @BeforeAll
    static void train() throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("age,town,risk"));
        for (int i = 0; i < ROWS; i++) {
            int age = 20 + random.nextInt(50);
            String risk = age + random.nextInt(20) > 55 ? "low" : "high";
            lines.add("%d,\"town, %d\",%s".formatted(age, random.nextInt(4), risk));
        }
        csv = Files.write(folder.resolve("clients.csv"), lines);
        Path out = folder.resolve("out");
        assertEquals(0, trained(out, "--require", "auc>=0.5"), ERR::toString);
        model = out.resolve("model.safetensors");
    }

    private static int trained(Path out, String... more) {
        List<String> all = new ArrayList<>(List.of("train", csv.toString(), "--target", "risk"));
        all.addAll(List.of("--epochs", "2", "--out", out.toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private static int run(String... arguments) {
        OUT.getBuffer().setLength(0);
        ERR.getBuffer().setLength(0);
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(OUT, true)).setErr(new PrintWriter(ERR, true));
        return line.execute(arguments);
    }

    @Test
    void trainWritesWhatAProgramAndAPersonNeed() throws IOException {
        Path out = folder.resolve("out");
        JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertEquals("binary", metrics.get("task").asText());
        assertEquals(ROWS, metrics.get("rows").asInt());
        assertEquals(24, metrics.get("testRows").asInt());
        for (String measure : List.of("logLoss", "accuracy", "auc", "seconds")) {
            assertTrue(metrics.get(measure).isNumber(), measure);
        }
        assertEquals(2, metrics.get("epochs").asInt());
        assertTrue(metrics.get("bestEpoch").asInt() >= 1);
        assertEquals(64, metrics.get("weightsSha256").asText().length());
        assertEquals(1, metrics.get("seed").asInt());
        assertEquals(3, Files.readAllLines(out.resolve("history.csv")).size());
        List<String> predictions = Files.readAllLines(out.resolve("predictions.csv"));
        assertEquals("row,risk,prediction,p(high),p(low)", predictions.getFirst());
        assertEquals(25, predictions.size());
        String report = Files.readString(out.resolve("report.html"));
        assertTrue(report.contains("examples/run train ") && report.contains("--epochs 2"));
    }

    @Test
    void ofManyLikeDecisionsAFewAreTold() throws IOException {
        StringBuilder text = new StringBuilder("risk");
        for (int j = 0; j < 60; j++) {
            text.append(",reading ").append(j).append(",price ").append(j);
        }
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            text.append(i % 2 == 0 ? "\nlow" : "\nhigh");
            for (int j = 0; j < 60; j++) {
                String reading = i < j % 3 ? "" : "" + random.nextInt(100);
                text.append(",").append(reading).append(",$").append(random.nextInt(15));
            }
        }
        Path wide = Files.writeString(folder.resolve("wide.csv"), text.append('\n'));
        Path out = folder.resolve("wide");
        run("train", wide.toString(), "--target", "risk", "--epochs", "2", "--out", "" + out);
        List<String> lines = OUT.toString().lines().toList();
        assertEquals(10, lines.stream().filter(l -> l.contains(" may be a number ")).count());
        assertEquals(10, lines.stream().filter(l -> l.startsWith("reading ")).count());
        assertTrue(lines.contains("reading 9: number (all values are numbers)"), OUT::toString);
        assertTrue(
                lines.contains("... and so for 50 other columns; report.html has all"),
                OUT::toString);
        String report = Files.readString(out.resolve("report.html"));
        assertTrue(report.contains("reading 59: number (all values are numbers, 2 missing)"));
    }

    @Test
    void predictGivesTheBitsOfTraining() throws IOException {
        assertEquals(0, run("predict", model.toString(), csv.toString(), "--proba"));
        List<String> lines = OUT.toString().lines().toList();
        assertEquals("prediction,p(high),p(low)", lines.getFirst());
        for (String line :
                Files.readAllLines(folder.resolve("out/predictions.csv")).subList(1, 25)) {
            String[] fields = line.split(",", 3);
            assertEquals(fields[2], lines.get(Integer.parseInt(fields[0])));
        }
    }

    @Test
    void rowsThatDoNotFitAreRejected() throws IOException {
        Path rows = folder.resolve("rows.csv");
        Files.writeString(rows, "town,age,more\nnowhere,30,1\n\"town, 1\",old,1\n,,\n");
        assertEquals(3, run("predict", model.toString(), rows.toString()));
        assertEquals(4, OUT.toString().lines().count());
        assertEquals("", OUT.toString().lines().toList().get(2));
        assertTrue(ERR.toString().startsWith("row 2: age: 'old' is no number\n1 of 3 rows"));
        assertEquals(0, run("predict", model.toString(), rows.toString(), "--lenient"));
        assertFalse(OUT.toString().lines().toList().get(2).isEmpty());
    }

    @Test
    void lenientPredictionNamesTheColumnsThatAreAbsent() throws IOException {
        Path rows = Files.writeString(folder.resolve("renamed.csv"), "Age,town\n30,x\n");
        assertEquals(0, run("predict", model.toString(), rows.toString(), "--lenient"));
        assertEquals(
                "no column 'age': all its cells are taken as missing; you gave 'Age', did you mean"
                        + " 'age'?",
                ERR.toString().strip());
        ERR.getBuffer().setLength(0);
        rows = Files.writeString(folder.resolve("fewer.csv"), "town\nx\n");
        assertEquals(0, run("predict", model.toString(), rows.toString(), "--lenient"));
        assertEquals("no column 'age': all its cells are taken as missing", ERR.toString().strip());
    }

    @Test
    void standardInputIsReadToo() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("age,town\n60,x\n".getBytes(StandardCharsets.UTF_8)));
        try {
            Path out = folder.resolve("one.csv");
            assertEquals(0, run("predict", model.toString(), "-", "--out", out.toString()));
            assertTrue(Files.exists(out));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatIsNotGoodEnoughEndsWith3() {
        assertEquals(3, trained(folder.resolve("bad"), "--require", "auc>=0.5,logLoss<0.0001"));
        assertTrue(OUT.toString().contains("--require logLoss<1.0E-4 is not met: logLoss is "));
        assertTrue(Files.exists(folder.resolve("bad/model.safetensors")));
    }

    @Test
    void decimalCommasAreKeptInTheModel() throws IOException {
        Path points = folder.resolve("points.csv");
        Path commas = folder.resolve("commas.csv");
        StringBuilder text = new StringBuilder("x,y,z\n");
        for (int i = 0; i < 60; i++) {
            text.append("%d.5,%d.25,%d.75\n".formatted(1000 + i * 7 % 40, i * 5 % 9, i * 7 % 40));
        }
        Files.writeString(points, text);
        Files.writeString(
                commas,
                text.toString()
                        .replace(',', ';')
                        .replace('.', ',')
                        .replaceAll("10(\\d\\d,)", "1.0$1"));
        List<String> predictions = new ArrayList<>();
        for (Path file : List.of(points, commas)) {
            String out = folder.resolve("of-" + file.getFileName()).toString();
            List<String> train = new ArrayList<>(List.of("train", file.toString()));
            train.addAll(List.of("--target", "z", "--epochs", "1", "--out", out));
            train.addAll(file == commas ? List.of("--decimal", ",") : List.of());
            assertEquals(0, run(train.toArray(String[]::new)), ERR::toString);
            String trained = out + "/model.safetensors";
            assertEquals(0, run("predict", trained, file.toString()), ERR::toString);
            predictions.add(OUT.toString());
            assertEquals(0, run("predict", trained, points.toString(), "--decimal", "."));
            predictions.add(OUT.toString());
        }
        assertEquals(1, Set.copyOf(predictions).size());
    }

    @Test
    void namesOfSeveralLinesArePrintedInOne() throws IOException {
        Path file = folder.resolve("lines.csv");
        String text = Files.readString(csv).replace("age,town", "\"a\nge\",town");
        Files.writeString(file, text);
        String out = folder.resolve("of-lines").toString();
        String name = file.toString();
        assertEquals(
                0,
                run("train", name, "--target", "risk", "--epochs", "1", "--out", out),
                ERR::toString);
        assertTrue(OUT.toString().contains("\na ge: number"), OUT::toString);
        assertFalse(OUT.toString().contains("a\nge"), OUT::toString);
    }

    @Test
    void rowsThatAreLeftOutEndWith3() throws IOException {
        Path ragged = folder.resolve("ragged.csv");
        Files.writeString(ragged, Files.readString(csv) + "40,x,high,4\n");
        String file = ragged.toString();
        String out = folder.resolve("left-out").toString();
        String[] train = {"train", file, "--target", "risk", "--epochs", "1", "--out", out};
        assertEquals(2, run(train));
        String[] skipping = Arrays.copyOf(train, train.length + 2);
        skipping[train.length] = "--bad-rows";
        skipping[train.length + 1] = "skip:1";
        assertEquals(3, run(skipping), ERR::toString);
        assertTrue(OUT.toString().contains("1 bad row"), OUT::toString);
        assertTrue(Files.exists(folder.resolve("left-out/model.safetensors")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--target Risk | Table: no column 'Risk'; did you mean 'risk'?",
                "--target risk --time town | split: town is no time: 4 levels; --time takes",
                "--target risk --bad-rows all | --bad-rows: is all; it must be skip:N",
                "--target risk --require auc | --require: is auc; it must be such as auc>=0.8",
                "--target risk --require rmse<3 | --require: is rmse<3.0; it must be of a measure"
                        + " of this task: logLoss, accuracy, balancedAccuracy,",
                "--target age --require r2>0,auc>0.8 | --require: is auc>0.8; it must be of a"
                        + " measure of this task: rmse, mae, r2, medianError, p90Error",
                "--target risk --folds 0 | --folds: is 0; it must be 1 or more",
                "--target risk --query x | train: is given a CSV file and --jdbc or --query;",
                "--target risk --encoding x! | --encoding: is x!; it must be a name",
                "--target risk --decimal x | --decimal: is x; it must be . or ,",
                "--target risk --separator ab | --separator: is ab; it must be one character",
                "--target risk --test nowhere.csv | nowhere.csv: no such file or folder",
                "--target risk --drop age,town | schema: no column is left to learn from",
                "--target town --log-target --task regression | target: ",
            })
    void badInputIsOneLine(String arguments, String message) {
        String[] all = ("train " + csv + " --out " + folder + "/no " + arguments).split(" ");
        assertEquals(2, run(all), ERR::toString);
        assertTrue(ERR.toString().startsWith(message), ERR::toString);
        assertEquals(1, ERR.toString().lines().count(), ERR::toString);
        assertFalse(OUT.toString().contains("epoch"), "refused only after training");
        assertFalse(Files.exists(folder.resolve("no")));
    }

    @Test
    void queryIsATable() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:clients");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table clients as select * from csvread('" + csv.toString() + "')");
            String out = folder.resolve("query").toString();
            String[] train = {
                "train",
                "--jdbc",
                "jdbc:h2:mem:clients",
                "--query",
                "select * from clients",
                "--numeric",
                "AGE",
                "--target",
                "RISK",
                "--epochs",
                "1",
                "--out",
                out
            };
            assertEquals(0, run(train), ERR::toString);
        }
        assertEquals(2, run("train", "--jdbc", "jdbc:no:secret", "--query", "x", "--target", "y"));
        assertFalse(ERR.toString().contains("secret"), ERR::toString);
    }

    @Test
    void inspectShowsModelAndArrays() {
        assertEquals(0, run("inspect", model.toString()));
        for (String part :
                List.of("Predicts risk: BINARY [high, low]", "clients.csv", "Linear(256 -> 2)")) {
            assertTrue(OUT.toString().contains(part), OUT::toString);
        }
        assertTrue(OUT.toString().contains("checksums are right"), OUT::toString);
        assertEquals(2, run("inspect", csv.toString()));
        assertEquals(1, ERR.toString().lines().count());
    }

    @Test
    void inspectShowsOtherModels() throws IOException {
        Path file = folder.resolve("layers.safetensors");
        new ModelFile(new Sequential(new Linear(3, 2), new ReLU())).labels("cat", "dog").save(file);
        assertEquals(0, run("inspect", file.toString()), ERR::toString);
        assertTrue(OUT.toString().contains("Labels: cat, dog"), OUT::toString);
        assertTrue(OUT.toString().contains("Linear(3 -> 2)"), OUT::toString);
    }

    @Test
    void statisticsLeaveOutWhatIsNoNumber() {
        ArrayStatistics statistics =
                ArrayStatistics.of(new double[] {1, 3, 0, 0, Double.NaN, 1 / 0.0});
        assertEquals(new ArrayStatistics(1, Math.sqrt(1.5), 2 / 6.0, 1, 1), statistics);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1e-9, 123456.789, Double.NaN, 1e300})
    void progressFitsEveryTerminal(double loss) {
        TrainingHistory.Epoch epoch = new TrainingHistory.Epoch(255, loss, loss);
        assertTrue(FitLine.line(5, epoch, 256, 1234).length() <= 79);
    }

    @Test
    void fieldsAreQuoted() {
        assertEquals("a,\"b,c\",\"d\"\"e\",\n", CsvText.line("a", "b,c", "d\"e", null));
    }
}
