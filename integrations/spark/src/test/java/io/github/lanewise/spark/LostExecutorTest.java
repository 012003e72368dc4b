package io.github.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two executors that are processes of their own, one of which is killed while it trains. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LostExecutorTest {

    private static LanewiseClassifier classifier() {
        return new LanewiseClassifier()
                .setLayers(new int[] {Rows.FEATURES, 64, Rows.CLASSES})
                .setDropout(0.1)
                .setEpochs(20)
                .setBatchSize(16)
                .setShards(4);
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void aKilledExecutorCostsNothingButTime(@TempDir Path folder) throws Exception {
        byte[] expected;
        SparkSession alone = Sessions.local("local[1]");
        try {
            expected = file(alone, classifier());
        } finally {
            alone.stop();
        }
        SparkSession cluster = Sessions.cluster(2, "-Xshare:auto");
        try {
            AtomicInteger attempts = countAttempts(cluster);
            Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
            FutureTask<Void> murder = new FutureTask<>(() -> killOneAfter(checkpoints));
            Thread.ofPlatform().daemon().start(murder);
            byte[] found =
                    file(
                            cluster,
                            classifier()
                                    .setNumWorkers(2)
                                    .setCheckpointDir(checkpoints.toUri().toString())
                                    .setCheckpointInterval(20));
            murder.get(1, TimeUnit.SECONDS);
            assertArrayEquals(expected, found);
            assertTrue(attempts.get() > 0, "the stage did not notice");
            try (var left = Files.list(checkpoints)) {
                assertEquals(0, left.count(), "checkpoints of a run that has ended");
            }
        } finally {
            cluster.stop();
        }
    }

    private static byte[] file(SparkSession spark, LanewiseClassifier classifier) {
        LanewiseClassificationModel model = classifier.fit(Rows.of(spark, Rows.make(1600, 1), 3));
        return ((ModelWriter) model.write()).file();
    }

    /** Counts how often a stage was started again. */
    private static AtomicInteger countAttempts(SparkSession spark) {
        AtomicInteger attempts = new AtomicInteger();
        spark.sparkContext()
                .addSparkListener(
                        new SparkListener() {
                            @Override
                            public void onStageCompleted(SparkListenerStageCompleted stage) {
                                attempts.addAndGet(stage.stageInfo().attemptNumber());
                            }
                        });
        return attempts;
    }

    /** Waits for the first checkpoint, then kills the last of the executors. */
    private static Void killOneAfter(Path checkpoints) throws Exception {
        while (true) {
            try (var all = Files.walk(checkpoints)) {
                if (all.anyMatch(file -> file.toString().endsWith(".safetensors"))) {
                    break;
                }
            } catch (UncheckedIOException e) {
                // A file went while it was looked at.
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        Executors.all().getLast().destroyForcibly();
        return null;
    }
}
