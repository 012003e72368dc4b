package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.examples.pictures.ConfusionPicture;
import io.github.lanewise.examples.pictures.CurvesPicture;
import io.github.lanewise.examples.pictures.MistakesPicture;
import io.github.lanewise.examples.pictures.MistakesPicture.Mistake;
import io.github.lanewise.examples.pictures.NoFonts;
import io.github.lanewise.nn.ArgMax;
import io.github.lanewise.nn.metrics.ConfusionMatrix;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Says how well a trained network reads the test digits: in words, numbers and pictures. */
final class DigitReport {

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
                float confidence = probabilities.at(i, predictions[i]);
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

    /** Writes metrics and pictures into a folder and prints their paths. */
    void save(Path folder, PrintWriter out) throws IOException {
        Path metrics = folder.resolve("metrics.json");
        Metrics.of(digits, plan, result, confusion.accuracy()).save(metrics);
        out.println("Metrics   " + metrics);
        try {
            savePictures(folder, out);
        } catch (NoFonts e) {
            out.println(e.getMessage());
        }
        out.flush();
    }

    private void savePictures(Path folder, PrintWriter out) throws IOException {
        Path curves = folder.resolve("curves.png");
        Path wrong = folder.resolve("mistakes.png");
        Path matrix = folder.resolve("confusion.png");
        CurvesPicture.save(result.history().epochs(), curves);
        out.println("Curves    " + curves);
        MistakesPicture.save(digits.test(), mistakes, wrong);
        out.println("Mistakes  " + wrong);
        ConfusionPicture.save(confusion, matrix);
        out.println("Confusion " + matrix);
    }
}
