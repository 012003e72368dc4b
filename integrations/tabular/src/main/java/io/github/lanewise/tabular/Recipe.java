package io.github.lanewise.tabular;

import java.util.List;

/**
 * How a network is built and trained: RealMLP-TD (Holzmueller, Grinsztajn and Steinwart, "Better by
 * default: strong pre-tuned MLPs and boosted trees on tabular data", 2024).
 *
 * @param hidden widths of the hidden layers
 * @param epochs how often training goes over the rows
 * @param batch rows of a step
 * @param learningRate highest rate of weights in NTK parametrisation
 * @param dropout share of values that are dropped, at first
 * @param weightDecay of the weights, at first
 * @param labelSmoothing of the loss; 0 where probabilities matter
 */
public record Recipe(
        List<Integer> hidden,
        int epochs,
        int batch,
        double learningRate,
        double dropout,
        double weightDecay,
        double labelSmoothing) {

    private static final int WIDTH = 256;
    private static final double SMOOTHING = 0.1;

    /** Copies the list and checks the numbers. */
    public Recipe {
        hidden = List.copyOf(hidden);
        if (epochs < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    Message.of(
                            "Recipe: %d epochs, batches of %d rows; each must be 1 or more",
                            epochs, batch));
        }
    }

    /** Returns the recipe of the paper. */
    static Recipe realMlp(Task task, int epochs, Metric metric) {
        return new Recipe(
                List.of(WIDTH, WIDTH, WIDTH),
                epochs,
                256,
                task.isClassification() ? 0.04 : 0.2,
                0.15,
                0.02,
                metric == Metric.ACCURACY ? SMOOTHING : 0);
    }
}
