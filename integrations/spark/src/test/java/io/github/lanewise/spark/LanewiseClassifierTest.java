package io.github.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.schedule.LinearLR;
import io.github.lanewise.nn.train.Trainer;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LanewiseClassifierTest {

    private static final List<Row> TRAIN = Rows.make(300, 1);
    private static final Shape IMAGE = new Shape(1, 8, 8);

    private static SparkSession spark;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        spark = Sessions.local("local[4]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Sequential network() {
        return new Sequential(
                new Linear(Rows.FEATURES, 16),
                new BatchNorm1d(16),
                new ReLU(),
                new Dropout(0.2f),
                new Linear(16, Rows.CLASSES));
    }

    private static Sequential convolutions() {
        return new Sequential(
                new Conv2d(1, 6, 3).withoutBias(),
                new BatchNorm2d(6),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Dropout(0.2f),
                new Linear(6 * 3 * 3, Rows.CLASSES));
    }

    private static LanewiseClassifier classifier() {
        return new LanewiseClassifier()
                .setModel(network())
                .setEpochs(4)
                .setBatchSize(48)
                .setShards(4)
                .setNumWorkers(1)
                .setLearningRate(0.05)
                .setOptimizer("sgd");
    }

    private static org.apache.spark.sql.Dataset<Row> train(int partitions) {
        return Rows.of(spark, TRAIN, partitions);
    }

    private static byte[] file(LanewiseClassificationModel model) {
        return ((ModelWriter) model.write()).file();
    }

    @Test
    void anyPartitioningOrderAndNumberOfWorkersGivesTheSameFile() {
        byte[] expected = file(classifier().fit(train(1)));
        List<Row> shuffled = new ArrayList<>(TRAIN);
        Collections.shuffle(shuffled, new Random(3));
        for (int partitions : new int[] {1, 5}) {
            assertArrayEquals(
                    expected,
                    file(classifier().setNumWorkers(2).fit(Rows.of(spark, shuffled, partitions))));
        }
        byte[] other = file(classifier().setSeed(2).fit(train(3)));
        assertFalse(Arrays.equals(expected, other));
    }

    @Test
    void theWeightsAreThoseOfATrainerOnOneMachine() throws Exception {
        Matrix features = Matrix.zeros(TRAIN.size(), Rows.FEATURES);
        int[] labels = new int[TRAIN.size()];
        for (int i = 0; i < labels.length; i++) {
            Vector x = TRAIN.get(i).getAs(1);
            for (int j = 0; j < Rows.FEATURES; j++) {
                features.data()[i * Rows.FEATURES + j] = (float) x.apply(j);
            }
            labels[i] = (int) TRAIN.get(i).getDouble(2);
        }
        Sequential model = network();
        model.initialize(7);
        SGD sgd = new SGD(0.05f).momentum(0.9f);
        new Trainer(model, new SoftmaxCrossEntropy(), sgd)
                .seed(7)
                .shards(4)
                .fit(
                        Dataset.of(features, new Shape(Rows.FEATURES), Targets.labels(labels)),
                        4,
                        48,
                        new LinearLR(0.05f, 1, 0, 4 * 7).perStep(sgd));
        LanewiseClassifier same = classifier().setSeed(7).setIdCol("id").setStandardization(false);
        assertEquals(WeightsHash.of(model), WeightsHash.of(same.fit(train(3)).network()));
    }

    @ParameterizedTest(name = "{0} shards")
    @ValueSource(ints = {1, 2, 4})
    void convolutionsGiveTheWeightsOfATrainerOnOneMachine(int shards) throws Exception {
        Random random = new Random(5);
        Matrix images = Matrix.zeros(110, IMAGE.features());
        int[] labels = new int[images.rows()];
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % Rows.CLASSES;
            double[] x = new double[IMAGE.features()];
            for (int j = 0; j < x.length; j++) {
                float pixel = (float) (random.nextGaussian() + (j % 8 == labels[i] ? 2 : 0));
                x[j] = pixel;
                images.data()[i * x.length + j] = pixel;
            }
            rows.add(RowFactory.create((long) i, Vectors.dense(x), (double) labels[i], 1.0, 0.0));
        }
        Sequential model = convolutions();
        model.initialize(1);
        Adam adam = new Adam(0.01f);
        new Trainer(model, new SoftmaxCrossEntropy(), adam)
                .seed(1)
                .shards(shards)
                .fit(
                        Dataset.of(images, IMAGE, Targets.labels(labels)),
                        2,
                        32,
                        new LinearLR(0.01f, 1, 0, 2 * 4).perStep(adam));
        String expected = WeightsHash.of(model);
        for (int workers = 1; workers <= shards; workers *= 2) {
            LanewiseClassifier classifier =
                    new LanewiseClassifier()
                            .setModel(convolutions())
                            .setInputShape(new int[] {1, 8, 8})
                            .setIdCol("id")
                            .setStandardization(false)
                            .setEpochs(2)
                            .setBatchSize(32)
                            .setLearningRate(0.01)
                            .setShards(shards)
                            .setNumWorkers(workers);
            for (int partitions : new int[] {1, 2, 4}) {
                String name = "%d workers, %d partitions".formatted(workers, partitions);
                assertEquals(
                        expected,
                        WeightsHash.of(classifier.fit(Rows.of(spark, rows, partitions)).network()),
                        name);
            }
        }
    }

    @Test
    void predictionsAreRightAndTheSameRowByRow() {
        LanewiseClassificationModel model = classifier().setEpochs(15).fit(train(2));
        List<Row> rows = model.transform(Rows.of(spark, Rows.make(400, 2), 3)).collectAsList();
        int right = 0;
        for (Row row : rows) {
            Vector features = row.getAs("features");
            Vector raw = row.getAs("rawPrediction");
            Vector probability = row.getAs("probability");
            assertArrayEquals(model.predictRaw(features).toArray(), raw.toArray());
            assertEquals(model.predict(features), row.<Double>getAs("prediction"));
            assertEquals(1, Arrays.stream(probability.toArray()).sum(), 1e-6);
            right += row.<Double>getAs("prediction").equals(row.getAs("label")) ? 1 : 0;
        }
        assertEquals(400, rows.size());
        assertTrue(right > 320, right + " of 400");
        assertEquals(15, model.trainingLoss().length);
        assertTrue(model.trainingLoss()[14] < model.trainingLoss()[0]);
    }

    @Test
    void thresholdsFavourAClass() {
        LanewiseClassificationModel model = classifier().fit(train(2));
        model.setThresholds(new double[] {1, 1, 0});
        for (Row row : model.transform(train(2)).collectAsList()) {
            assertEquals(2.0, row.<Double>getAs("prediction"));
        }
    }

    @Test
    void columnsWithoutANameAreLeftOut() {
        LanewiseClassificationModel model = classifier().fit(train(2));
        model.setRawPredictionCol("");
        model.setProbabilityCol("");
        model.setPredictionCol("class");
        String[] names = model.transform(train(2)).columns();
        assertEquals(6, names.length);
        assertEquals("class", names[5]);
    }

    @Test
    void weightsCountAsSoManyRows() throws Exception {
        List<Row> twice = new ArrayList<>();
        List<Row> weighted = new ArrayList<>();
        for (Row row : TRAIN.subList(0, 8)) {
            twice.add(row);
            twice.add(row);
            weighted.add(RowFactory.create(row.get(0), row.get(1), row.get(2), 2.0, row.get(4)));
        }
        LanewiseClassifier plain =
                new LanewiseClassifier().setEpochs(3).setBatchSize(16).setStandardization(false);
        LanewiseClassifier byWeight =
                new LanewiseClassifier()
                        .setWeightCol("weight")
                        .setEpochs(3)
                        .setBatchSize(8)
                        .setStandardization(false);
        double[] a = plain.fit(Rows.of(spark, twice, 2)).trainingLoss();
        double[] b = byWeight.fit(Rows.of(spark, weighted, 2)).trainingLoss();
        assertArrayEquals(a, b, 1e-3 * a[0]);
    }

    @Test
    void itWorksInAPipelineThatIsSavedAndLoaded() throws Exception {
        Pipeline pipeline =
                new Pipeline()
                        .setStages(
                                new PipelineStage[] {
                                    new StringIndexer().setInputCol("label").setOutputCol("class"),
                                    classifier().setLabelCol("class")
                                });
        String unfitted = folder.resolve("pipeline").toString();
        pipeline.write().save(unfitted);
        Pipeline read = Pipeline.load(unfitted);
        LanewiseClassifier stage = assertInstanceOf(LanewiseClassifier.class, read.getStages()[1]);
        assertEquals(48, stage.getBatchSize());
        assertEquals(classifier().getModel(), stage.getModel());
        PipelineModel model = read.fit(train(3));
        String fitted = folder.resolve("model").toString();
        model.write().save(fitted);
        assertTrue(
                Files.walk(Path.of(fitted)).anyMatch(file -> file.endsWith("model.safetensors")));
        List<Row> expected = model.transform(train(1)).select("id", "probability").collectAsList();
        List<Row> found =
                PipelineModel.load(fitted)
                        .transform(train(1))
                        .select("id", "probability")
                        .collectAsList();
        assertEquals(expected, found);
    }

    @Test
    void crossValidationChoosesTheBetterParams() {
        LanewiseClassifier classifier = classifier().setEpochs(3);
        ParamMap[] grid =
                new ParamGridBuilder()
                        .addGrid(classifier.learningRate(), new double[] {1e-9, 0.05})
                        .build();
        CrossValidator validator =
                new CrossValidator()
                        .setEstimator(classifier)
                        .setEvaluator(
                                new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                        .setEstimatorParamMaps(grid)
                        .setNumFolds(2);
        CrossValidatorModel model = validator.fit(train(2));
        assertTrue(model.avgMetrics()[1] > model.avgMetrics()[0]);
        assertInstanceOf(LanewiseClassificationModel.class, model.bestModel());
    }
}
