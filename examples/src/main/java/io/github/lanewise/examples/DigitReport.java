package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.examples.pictures.ConfusionPicture;
import io.github.lanewise.examples.pictures.CurvesPicture;
import io.github.lanewise.examples.pictures.MistakesPicture;
import io.github.lanewise.examples.pictures.MistakesPicture.Mistake;
import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.nn.metrics.ArgMax;
import io.github.lanewise.nn.metrics.ConfusionMatrix;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says how well a trained network reads the test digits: in words, numbers and pictures. */
final class DigitReport {

    private static final String METRICS = "metrics.json";
    private static final String CURVES = "curves.png";
    private static final String MISTAKES = "mistakes.png";
    private static final String CONFUSION = "confusion.png";
    private static final String PAGE = "report.html";

    /** Those of the files that are pictures of what was learnt. */
    static final String[] PICTURES = {MISTAKES, CONFUSION};

    /** The files that {@link #save} writes. */
    static final String[] FILES = {METRICS, SavedDigits.FILE, PAGE, CURVES, MISTAKES, CONFUSION};

    private final Digits digits;
    private final DigitTraining.Plan plan;
    private final DigitTraining.Result result;
    private final ConfusionMatrix confusion;
    private final List<Mistake> mistakes = new ArrayList<>();

    DigitReport(Digits digits, DigitTraining.Plan plan, DigitTraining.Result result) {
        this.digits = digits;
        this.plan = plan;
        this.result = result;
        this.confusion = new ConfusionMatrix(digits.test().classes());
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

    /** Prints the test accuracy and, if it fits a terminal, the confusion matrix. */
    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%nTest accuracy %.2f %%: %,d of %,d digits are misread%n%n",
                100 * confusion.accuracy(),
                mistakes.size(),
                confusion.total());
        if (confusion.classes() <= DigitSet.DIGITS) {
            out.println(confusion);
        }
        out.flush();
    }

    /**
     * Writes metrics and pictures into a folder and prints their paths. A picture that cannot be
     * drawn costs a warning and nothing else.
     *
     * @throws IOException if a file cannot be written; the others are written first
     */
    void save(Path folder, PrintWriter out, PrintWriter err) throws IOException {
        Pictures pictures = new Pictures(folder);
        if (!result.history().epochs().isEmpty()) {
            String measured = plan.holdout() == 0 ? "test" : "held out";
            pictures.add(
                    CURVES, file -> CurvesPicture.save(result.history().epochs(), measured, file));
        }
        pictures.add(
                MISTAKES, file -> MistakesPicture.save(digits.test(), List.copyOf(mistakes), file));
        pictures.add(CONFUSION, file -> ConfusionPicture.save(confusion, file));
        Path metrics = folder.resolve(METRICS);
        try {
            Metrics measured = Metrics.of(digits, plan, result, confusion.accuracy());
            measured.save(metrics);
            tell(out, metrics);
            Path page = folder.resolve(PAGE);
            AtomicFile.write(page, page(measured).getBytes(StandardCharsets.UTF_8));
            tell(out, page);
            Path network = folder.resolve(SavedDigits.FILE);
            result.network().save(network);
            tell(out, network);
        } finally {
            pictures.draw(file -> tell(out, file), err);
            out.flush();
        }
    }

    private String page(Metrics metrics) {
        return new DigitPage(digits, plan, result.history(), confusion, mistakes).html(metrics);
    }

    private static void tell(PrintWriter out, Path file) {
        String name = file.getFileName().toString();
        String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        out.printf(Locale.ROOT, "%-9s %s%n", title.substring(0, title.indexOf('.')), file);
    }
}
