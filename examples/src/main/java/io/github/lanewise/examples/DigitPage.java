package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.examples.pictures.Ink;
import io.github.lanewise.examples.pictures.MistakesPicture.Mistake;
import io.github.lanewise.nn.metrics.ConfusionMatrix;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.tabular.report.Page;
import io.github.lanewise.tabular.report.PageSection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** A run of {@code mnist} as one page: accuracy, curves, mistakes, confusion, and what was run. */
final class DigitPage {

    private static final int MOST_MISTAKES = 32;
    private static final int MOST_CLASSES = 30;

    private final Digits digits;
    private final DigitTraining.Plan plan;
    private final List<History.Epoch> epochs;
    private final ConfusionMatrix confusion;
    private final List<Mistake> mistakes;

    /**
     * Takes what is to be shown.
     *
     * @param mistakes the surest first
     */
    DigitPage(
            Digits digits,
            DigitTraining.Plan plan,
            History history,
            ConfusionMatrix confusion,
            List<Mistake> mistakes) {
        this.digits = digits;
        this.plan = plan;
        this.epochs = history.epochs();
        this.confusion = confusion;
        this.mistakes = mistakes;
    }

    /** Returns the page. */
    String html(Metrics metrics) {
        Page page =
                new Page("Reading digits")
                        .verdict(
                                text(
                                        "%.2f %% of %,d test digits are read right; %,d are"
                                                + " misread.",
                                        100 * confusion.accuracy(),
                                        confusion.total(),
                                        mistakes.size()));
        if (!epochs.isEmpty()) {
            page.section("training", "Training", curves());
        }
        if (!mistakes.isEmpty()) {
            page.section("mistakes", "The digits it got most wrong", mistakes());
        }
        if (confusion.classes() <= MOST_CLASSES) {
            page.section("confusion", "What is taken for what", matrix());
        }
        return page.section("run", "What was run", run(metrics)).html();
    }

    private PageSection curves() {
        return new PageSection()
                .chart("Loss", "epoch", "mean cross-entropy", lines(History.Epoch::loss, "loss"))
                .chart("Accuracy", "epoch", "% right", lines(e -> 100 * e.accuracy(), "accuracy"));
    }

    private SequencedMap<String, double[]> lines(
            ToDoubleFunction<History.Epoch> training, String measure) {
        double scale = measure.equals("accuracy") ? 100 : 1;
        SequencedMap<String, double[]> lines = new LinkedHashMap<>();
        lines.put("training", epochs.stream().mapToDouble(training).toArray());
        lines.put(
                plan.holdout() == 0 ? "test" : "held out",
                epochs.stream().mapToDouble(e -> scale * e.metric("val_" + measure)).toArray());
        return lines;
    }

    private PageSection mistakes() {
        PageSection section = new PageSection();
        DigitSet test = digits.test();
        for (Mistake mistake : mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size()))) {
            section.picture(
                    text(
                            "read %d, is %d; %.2f %% sure",
                            mistake.predicted(), mistake.label(), mistake.percentSure()),
                    test.cols(),
                    Ink.of(test, mistake.image()));
        }
        return section;
    }

    private PageSection matrix() {
        List<String> header = new ArrayList<>(List.of("true digit"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < confusion.classes(); i++) {
            header.add("" + i);
            List<String> row = new ArrayList<>(List.of("" + i));
            for (int j = 0; j < confusion.classes(); j++) {
                row.add(confusion.count(i, j) == 0 ? "·" : text("%,d", confusion.count(i, j)));
            }
            row.add(text("%.2f %%", 100 * confusion.recall(i)));
            rows.add(row);
        }
        header.add("recall");
        return new PageSection()
                .table("Confusion matrix: true digits in rows, read in columns", header, rows);
    }

    private static PageSection run(Metrics metrics) {
        List<List<String>> rows =
                List.of(
                        List.of("data", metrics.dataset()),
                        List.of("network", metrics.model()),
                        List.of("epochs", "" + metrics.epochs()),
                        List.of("batch", "" + metrics.batch()),
                        List.of("optimizer", metrics.optimizer()),
                        List.of("learning rate", "" + metrics.learningRate()),
                        List.of("seed", "" + metrics.seed()),
                        List.of("images a second", text("%,.0f", metrics.samplesPerSecond())),
                        List.of("kernels", metrics.kernels() + ", " + metrics.vectorBits()),
                        List.of("threads", "" + metrics.threads()),
                        List.of("SHA-256 of the weights", metrics.weightsSha256()),
                        List.of("Java", metrics.jdk()),
                        List.of("CPU", metrics.cpu()));
        return new PageSection().table("Run", List.of("what", "value"), rows);
    }
}
