package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.examples.pictures.ConfusionPicture;
import io.github.lanewise.examples.pictures.CurvesPicture;
import io.github.lanewise.examples.pictures.MistakesPicture;
import io.github.lanewise.examples.pictures.MistakesPicture.Mistake;
import io.github.lanewise.examples.pictures.NoFonts;
import io.github.lanewise.nn.metrics.ArgMax;
import io.github.lanewise.nn.metrics.ConfusionMatrix;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Says how well a trained network reads the test digits: in words, numbers and pictures. */
final class DigitReport {

    private interface Output {
        void save(Path file) throws IOException;
    }

    private final Digits digits;
    private final DigitTraining.Plan plan;
    private final DigitTraining.Result result;
    private final ConfusionMatrix confusion = new ConfusionMatrix(DigitSet.CLASSES);
    private final List<Mistake> mistakes = new ArrayList<>();

    DigitReport(Digits digits, DigitTraining.Plan plan, DigitTraining.Result result) {
        this.digits = digits;
        this.plan = plan;
        this.result = result;
        Matrix probabilities = result.probabilities();
        int[] predictions = ArgMax.of(probabilities);
        int[] labels = digits.test().labels();
        for (int i = 0; i < labels.length; i++) {
            confusion.add(labels[i], predictions[i]);
            if (labels[i] != predictions[i]) {
                boolean none = predictions[i] == ArgMax.NONE;
                float confidence = none ? 0 : probabilities.at(i, predictions[i]);
                mistakes.add(new Mistake(i, labels[i], predictions[i], confidence));
            }
        }
        mistakes.sort(Comparator.comparingDouble(Mistake::confidence).reversed());
    }

    /** Prints the test accuracy and the confusion matrix. */
    void print(PrintWriter out) {
        out.printf(
                "%nTest accuracy %.2f %%: %,d of %,d digits are misread%n%n%s%n",
                100 * confusion.accuracy(), mistakes.size(), confusion.total(), confusion);
        out.flush();
    }

    /** Writes metrics and pictures into a folder, two at a time, and prints their paths. */
    void save(Path folder, PrintWriter out) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Map<String, Future<Path>> files = new LinkedHashMap<>();
            files.put(
                    "Metrics",
                    start(
                            threads,
                            folder.resolve("metrics.json"),
                            file ->
                                    Metrics.of(digits, plan, result, confusion.accuracy())
                                            .save(file)));
            files.put(
                    "Curves",
                    start(
                            threads,
                            folder.resolve("curves.png"),
                            file -> CurvesPicture.save(result.history().epochs(), file)));
            files.put(
                    "Mistakes",
                    start(
                            threads,
                            folder.resolve("mistakes.png"),
                            file -> MistakesPicture.save(digits.test(), mistakes, file)));
            files.put(
                    "Confusion",
                    start(
                            threads,
                            folder.resolve("confusion.png"),
                            file -> ConfusionPicture.save(confusion, file)));
            for (Map.Entry<String, Future<Path>> file : files.entrySet()) {
                out.printf("%-9s %s%n", file.getKey(), finished(file.getValue()));
            }
        } catch (NoFonts e) {
            out.println(e.getMessage());
        }
        out.flush();
    }

    private static Future<Path> start(ExecutorService threads, Path file, Output output) {
        return threads.submit(
                () -> {
                    output.save(file);
                    return file;
                });
    }

    /** Waits for a file, and throws what its thread has thrown. */
    private static Path finished(Future<Path> file) throws IOException {
        try {
            return file.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while pictures were drawn");
        }
    }
}
