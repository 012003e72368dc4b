package io.github.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

class LanewiseRegressorTest {

    private static SparkSession spark;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        spark = Sessions.withKryo("local[2]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static LanewiseRegressor regressor() {
        return new LanewiseRegressor()
                .setLabelCol("number")
                .setLayers(new int[] {Rows.FEATURES, 16, 1})
                .setEpochs(30)
                .setBatchSize(32)
                .setShards(4)
                .setLearningRate(0.01);
    }

    @Test
    void itLearnsNumbersFarFromZeroAndIsSavedAndLoaded() throws Exception {
        LanewiseRegressionModel model = regressor().fit(Rows.of(spark, Rows.make(600, 1), 3));
        Dataset<Row> predictions = model.transform(Rows.of(spark, Rows.make(300, 2), 2));
        double r2 =
                new RegressionEvaluator()
                        .setLabelCol("number")
                        .setMetricName("r2")
                        .evaluate(predictions);
        assertTrue(r2 > 0.95, "r2 is " + r2);
        model.write().save(folder.resolve("model").toString());
        LanewiseRegressionModel loaded =
                LanewiseRegressionModel.load(folder.resolve("model").toString());
        assertEquals("number", loaded.getLabelCol());
        List<Row> rows = predictions.collectAsList();
        for (Row row : rows.subList(0, 20)) {
            Vector features = row.getAs("features");
            assertEquals(loaded.predict(features), row.<Double>getAs("prediction"));
        }
        assertArrayEquals(model.trainingLoss(), loaded.trainingLoss());
    }

    @Test
    void anyPartitioningAndNumberOfWorkersGivesTheSameFile() {
        List<Row> rows = Rows.make(200, 1);
        byte[] one = file(regressor().setNumWorkers(1).fit(Rows.of(spark, rows, 1)));
        byte[] two = file(regressor().setNumWorkers(2).fit(Rows.of(spark, rows, 5)));
        assertArrayEquals(one, two);
    }

    private static byte[] file(LanewiseRegressionModel model) {
        return ((ModelWriter) model.write()).file();
    }
}
