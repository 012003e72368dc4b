package io.github.lanewise.examples;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.nn.train.History;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a program needs to know of a run of {@code mnist}; written as JSON.
 *
 * @param dataset the folder of MNIST, or {@code embedded}
 * @param testAccuracy share of test digits that are read right
 * @param epochs passes over the training set
 * @param trainSecondsPerEpoch time of each, without the measurement on the test set
 * @param samplesPerSecond images trained on in each second of that time
 * @param wallSeconds time since the JVM started
 * @param kernels simd or scalar
 * @param vectorBits width of the vectors
 * @param threads threads that kernels may use
 * @param seed of weights, order and drawn digits
 * @param weightsSha256 SHA-256 of the trained weights: see {@link WeightsHash}
 * @param model kind of network: mlp or cnn
 * @param hidden widths of the hidden layers
 * @param batch images in a step
 * @param shards parts of a batch
 * @param optimizer sgd or adam
 * @param learningRate rate of the first step
 * @param jdk version of the JVM
 * @param cpu name of the CPU
 */
@JsonPropertyOrder({
    "dataset",
    "testAccuracy",
    "epochs",
    "trainSecondsPerEpoch",
    "samplesPerSecond",
    "wallSeconds",
    "kernels",
    "vectorBits",
    "threads",
    "seed",
    "weightsSha256",
    "model",
    "hidden",
    "batch",
    "shards",
    "optimizer",
    "learningRate",
    "jdk",
    "cpu"
})
public record Metrics(
        String dataset,
        double testAccuracy,
        int epochs,
        double[] trainSecondsPerEpoch,
        double samplesPerSecond,
        double wallSeconds,
        String kernels,
        int vectorBits,
        int threads,
        long seed,
        String weightsSha256,
        String model,
        int[] hidden,
        int batch,
        int shards,
        String optimizer,
        float learningRate,
        String jdk,
        String cpu) {

    private static final double SECOND_MILLIS = 1e3;

    static Metrics of(
            Digits digits, DigitTraining.Plan plan, DigitTraining.Result result, double accuracy) {
        double[] seconds =
                result.history().epochs().stream().mapToDouble(History.Epoch::seconds).toArray();
        double total = Arrays.stream(seconds).sum();
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return new Metrics(
                digits.source(),
                accuracy,
                plan.epochs(),
                seconds,
                total == 0
                        ? 0
                        : (double) plan.epochs()
                                * (digits.train().count() - plan.holdout())
                                / total,
                (System.currentTimeMillis() - started) / SECOND_MILLIS,
                Engine.kernelSet(),
                Engine.vectorBits(),
                Engine.threads(),
                plan.seed(),
                WeightsHash.sha256(result.parameters()),
                plan.kind().name(),
                plan.hidden(),
                plan.batch(),
                plan.shards(),
                plan.rule().name(),
                plan.rate(),
                Runtime.version().toString(),
                Cpu.model());
    }

    /** Writes the JSON file, whole or not at all. */
    void save(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        AtomicFile.write(file, mapper.writeValueAsBytes(this));
    }
}
