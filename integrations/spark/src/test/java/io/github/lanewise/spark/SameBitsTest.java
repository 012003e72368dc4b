package io.github.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.schedule.LinearLR;
import io.github.lanewise.nn.train.Trainer;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One epoch of MNIST, in one JVM and on clusters, and with executors killed; prints the hashes,
 * which are those of {@code examples/run mnist --dropout 0.2 --shards 8 --epochs 1}. Takes minutes;
 * {@code integrations/spark/same-bits} runs it.
 */
@EnabledIfSystemProperty(named = "lanewise.mnist", matches = ".+")
class SameBitsTest {

    private static final String FOLDER = System.getProperty("lanewise.mnist");
    private static final int KILLS = Integer.getInteger("lanewise.kills", 5);
    private static final int SHARDS = 8;
    private static final int BATCH = 64;
    private static final float RATE = 0.05f;
    private static final int MOST_MILLIS = 2000;

    @TempDir private Path folder;

    /** The networks of examples/run mnist. */
    private enum Network {
        MLP(784) {
            @Override
            Layer make() {
                return new Sequential(
                        new Linear(784, 256),
                        new ReLU(),
                        new Dropout(0.2f),
                        new Linear(256, 128),
                        new ReLU(),
                        new Dropout(0.2f),
                        new Linear(128, 10));
            }
        },
        CNN(1, 28, 28) {
            @Override
            Layer make() {
                return new Sequential(
                        new Conv2d(1, 16, 5).withoutBias(),
                        new BatchNorm2d(16),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Conv2d(16, 32, 5).withoutBias(),
                        new BatchNorm2d(32),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Linear(512, 128).withoutBias(),
                        new BatchNorm1d(128),
                        new ReLU(),
                        new Dropout(0.2f),
                        new Linear(128, 10));
            }
        };

        private final int[] shape;

        Network(int... shape) {
            this.shape = shape;
        }

        abstract Layer make();
    }

    @ParameterizedTest
    @EnumSource
    void clustersGiveTheWeightsOfOneMachine(Network network) throws Exception {
        String expected = alone(network);
        say(network, expected, "one JVM");
        try (SparkSession spark = Sessions.local("local[2]")) {
            for (int partitions : List.of(2, 7)) {
                check(network, expected, spark, partitions, "local[2]");
            }
        }
        try (SparkSession spark = Sessions.cluster(2, "-Xshare:auto")) {
            for (int partitions : List.of(2, 7)) {
                check(network, expected, spark, partitions, "local-cluster[2,1,1024]");
            }
            Random random = new Random(1);
            for (int i = 1; i <= KILLS; i++) {
                killAndCheck(network, expected, spark, random, i);
            }
        }
        try (SparkSession spark = Sessions.cluster(2, "-Dlanewise.vectorBits=128")) {
            check(network, expected, spark, 3, "local-cluster[2,1,1024], 128 bits");
        }
    }

    private static String alone(Network network) throws Exception {
        Mnist mnist = Mnist.of(FOLDER);
        Layer model = network.make();
        model.initialize(1);
        SGD sgd = new SGD(RATE).momentum(0.9f);
        long steps = Math.ceilDiv(mnist.labels().length, BATCH);
        new Trainer(model, new SoftmaxCrossEntropy(), sgd)
                .seed(1)
                .shards(SHARDS)
                .fit(
                        mnist.dataset(new Shape(network.shape)),
                        1,
                        BATCH,
                        new LinearLR(RATE, 1, 0, steps).perStep(sgd));
        return WeightsHash.of(model);
    }

    private static LanewiseClassifier classifier(Network network) {
        return new LanewiseClassifier()
                .setModel(network.make())
                .setInputShape(network.shape)
                .setIdCol("id")
                .setStandardization(false)
                .setOptimizer("sgd")
                .setLearningRate(RATE)
                .setBatchSize(BATCH)
                .setEpochs(1)
                .setShards(SHARDS)
                .setNumWorkers(2);
    }

    private static void check(
            Network network, String expected, SparkSession spark, int partitions, String name)
            throws Exception {
        String hash =
                WeightsHash.of(
                        classifier(network).fit(Mnist.rows(spark, FOLDER, partitions)).network());
        say(network, hash, "%s, partitions %d".formatted(name, partitions));
        assertEquals(expected, hash);
    }

    private void killAndCheck(
            Network network, String expected, SparkSession spark, Random random, int number)
            throws Exception {
        Path checkpoints = Files.createDirectories(folder.resolve("kill-" + number));
        int victim = random.nextInt(2);
        int millis = random.nextInt(MOST_MILLIS);
        FutureTask<Boolean> killing =
                new FutureTask<>(() -> killAfter(checkpoints, victim, millis));
        Thread.ofPlatform().daemon().start(killing);
        LanewiseClassifier classifier =
                classifier(network)
                        .setCheckpointDir(checkpoints.toUri().toString())
                        .setCheckpointInterval(50);
        String hash = WeightsHash.of(classifier.fit(Mnist.rows(spark, FOLDER, 2)).network());
        boolean killed = killing.isDone() && killing.get();
        killing.cancel(true);
        say(
                network,
                hash,
                "kill %d: executor %d, %d ms after the first checkpoint%s"
                        .formatted(number, victim, millis, killed ? "" : ", which was too late"));
        assertEquals(expected, hash);
    }

    private static boolean killAfter(Path checkpoints, int victim, int millis) throws Exception {
        while (!hasCheckpoint(checkpoints)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        return Executors.all().get(victim).destroyForcibly();
    }

    private static boolean hasCheckpoint(Path checkpoints) throws Exception {
        try (Stream<Path> all = Files.walk(checkpoints)) {
            return all.anyMatch(file -> file.toString().endsWith(".safetensors"));
        } catch (UncheckedIOException e) {
            return false; // A file went while it was looked at.
        }
    }

    private static void say(Network network, String hash, String name) {
        System.out.printf("%s  %s  %s%n", network, hash, name);
    }
}
