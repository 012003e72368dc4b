package io.github.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.norm.BatchNorm1d;

import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a user reads who gave something that cannot work. */
class ErrorsTest {

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Sessions.local("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Row row(Vector features, Object label, Object weight) {
        return RowFactory.create(1L, features, label, weight, 1.0);
    }

    private static String message(List<Row> rows, Consumer<LanewiseClassifier> settings) {
        LanewiseClassifier classifier = new LanewiseClassifier().setEpochs(1);
        settings.accept(classifier);
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> classifier.fit(Rows.of(spark, rows, 2)))
                .getMessage();
    }

    private static String with(Row... bad) {
        List<Row> rows = new ArrayList<>(Rows.make(5, 1));
        rows.addAll(List.of(bad));
        return message(rows, classifier -> classifier.setWeightCol("weight"));
    }

    @Test
    void rowsThatCannotBeTrainedOn() {
        Vector good = Vectors.dense(1, 2, 3, 4);
        assertEquals(
                "LanewiseClassifier: features is null in a row; drop or fill such rows",
                with(row(null, 1.0, 1.0)));
        assertEquals(
                "LanewiseClassifier: features has a value of NaN in a row; features must be finite"
                        + " as floats, see Imputer",
                with(row(Vectors.dense(1, Double.NaN, 3, 4), 1.0, 1.0)));
        assertEquals(
                "LanewiseClassifier: features has a value of 1.0E300 in a row; features must be"
                        + " finite as floats, see Imputer",
                with(row(Vectors.sparse(4, new int[] {1}, new double[] {1e300}), 1.0, 1.0)));
        assertEquals(
                "LanewiseClassifier: features has 3 values in one row and 4 in another; all vectors"
                        + " must have one size",
                with(row(Vectors.dense(1, 2, 3), 1.0, 1.0)));
        assertEquals(
                "LanewiseClassifier: features is empty in a row; at least one feature is needed",
                with(row(Vectors.dense(new double[0]), 1.0, 1.0)));
        String classes = "; classes are the whole numbers from 0 on, as StringIndexer makes them";
        assertEquals(
                "LanewiseClassifier: label is -1.0 in a row" + classes, with(row(good, -1.0, 1.0)));
        assertEquals(
                "LanewiseClassifier: label is 0.5 in a row" + classes, with(row(good, 0.5, 1.0)));
        assertEquals(
                "LanewiseClassifier: label is null in a row; drop such rows",
                with(row(good, null, 1.0)));
        assertEquals(
                "LanewiseClassifier: weight is -2.0 in a row; weights must be 0 or more, and"
                        + " finite",
                with(row(good, 1.0, -2.0)));
        assertEquals(
                "LanewiseClassifier: weight is null in a row; weights must be 0 or more, and"
                        + " finite",
                with(row(good, 1.0, null)));
        assertEquals(
                "LanewiseClassifier: there are no rows; give at least one",
                message(List.of(), classifier -> {}));
    }

    @Test
    void paramsThatDoNotFit() {
        List<Row> rows = Rows.make(20, 1);
        assertEquals(
                "LanewiseClassifier: layers begins with 5, and the rows have 4 features; it must"
                        + " begin with these",
                message(rows, c -> c.setLayers(new int[] {5, 3})));
        assertEquals(
                "LanewiseClassifier: the network has 2 outputs, and labels go up to 2; it needs 3",
                message(rows, c -> c.setLayers(new int[] {4, 2})));
        assertEquals(
                "LanewiseClassifier: numWorkers is 3 and shards 8; the workers must divide the"
                        + " shards",
                message(rows, c -> c.setNumWorkers(3)));
        String slots = message(rows, c -> c.setNumWorkers(4));
        assertTrue(
                slots.startsWith(
                        "LanewiseClassifier: numWorkers is 4, and the cluster has 2 slots"),
                slots);
        assertEquals(
                "LanewiseClassifier: inputShape is [2, 3], and the rows have 4 features; it must"
                        + " have as many",
                message(rows, c -> c.setInputShape(new int[] {2, 3})));
        Layer normalized = new Sequential(new Linear(4, 3), new BatchNorm1d(3));
        String shards = message(rows, c -> c.setModel(normalized).setShards(20));
        assertTrue(
                shards.startsWith(
                        "LanewiseClassifier: a batch of 20 rows cut into 20 shards has shards of 1:"
                                + " "),
                shards);
        String folder = message(rows, c -> c.setCheckpointDir("nowhere://a/b"));
        assertTrue(folder.startsWith("LanewiseClassifier: checkpointDir: nowhere://a/b"), folder);
        String model = message(rows, c -> c.setModel("{\"type\": \"Nonsense\"}"));
        assertTrue(model.startsWith("LanewiseClassifier: model: "), model);
        assertEquals(
                "LanewiseClassifier: labelCol is target, and there is no such column; there are id,"
                        + " features, label, weight, number",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new LanewiseClassifier()
                                                .setLabelCol("target")
                                                .train(Rows.of(spark, rows, 2)))
                        .getMessage());
    }

    @Test
    void aTrainingThatDiverges() {
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                new LanewiseClassifier()
                                        .setOptimizer("sgd")
                                        .setLearningRate(1e30)
                                        .setStandardization(false)
                                        .setNumWorkers(2)
                                        .fit(Rows.of(spark, Rows.make(100, 1), 2)));
        assertTrue(
                e.getMessage().startsWith("LanewiseClassifier: training has diverged: the loss is"),
                e.getMessage());
    }

    @Test
    void settingsOfTheClusterThatCannotWork() {
        assertEquals(
                "X: spark.dynamicAllocation.enabled is true; set it to false, as all workers must"
                    + " run at the same time, and executors that come and go cannot promise that",
                refusal("spark.dynamicAllocation.enabled"));
        assertEquals(
                "X: spark.speculation is true; set it to false, as a second copy of a worker would"
                        + " take part in the training",
                refusal("spark.speculation"));
        Cluster.check(new SparkConf(false), "X");
    }

    private static String refusal(String setting) {
        SparkConf conf = new SparkConf(false).set(setting, "true");
        return assertThrows(IllegalArgumentException.class, () -> Cluster.check(conf, "X"))
                .getMessage();
    }
}
