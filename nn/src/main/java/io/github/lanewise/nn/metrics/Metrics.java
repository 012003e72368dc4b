package io.github.lanewise.nn.metrics;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Numbers;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes the usual metrics, by scikit-learn's definitions, for {@code Trainer.metrics} and for use
 * alone: they take batch after batch, and count samples by their weights.
 *
 * <pre>{@code
 * trainer.metrics(() -> Metrics.f1(Average.MACRO), () -> Metrics.iou(Average.MACRO).ignoreIndex(255));
 * }</pre>
 *
 * <p>A measure whose denominator is 0 is 0. Outputs are logits, of which a class is chosen by the
 * highest, or yes by a score above 0; see the returned classes for what else they may be.
 */
public final class Metrics {

    private Metrics() {}

    /**
     * A metric of one output of a model of several, by the name {@code output0_f1} for the f1 of
     * the first: {@code Metrics.ofOutput(model.outputShapes(), 0, Metrics.f1(Average.MACRO))}.
     *
     * @param outputs shapes of a sample of each output
     * @param number which, from 0
     * @throws IndexOutOfBoundsException if there is no such output
     */
    public static Metric ofOutput(List<Shape> outputs, int number, Metric metric) {
        return new OutputMetric(outputs, number, metric);
    }

    /**
     * The share that is right; of several questions a sample, of all answers. A trainer measures an
     * accuracy already: give this one another name there.
     */
    public static ClassificationMetric accuracy() {
        return new ClassificationMetric("accuracy", true, ClassCounts::accuracy);
    }

    /** The share that is wrong. */
    public static ClassificationMetric hammingLoss() {
        return new ClassificationMetric("hamming_loss", true, counts -> 1 - counts.accuracy());
    }

    /** The mean recall of the classes that are labels. */
    public static ClassificationMetric balancedAccuracy() {
        return new ClassificationMetric("balanced_accuracy", false, ClassCounts::balancedAccuracy);
    }

    /** Matthews' correlation of labels and predictions, -1 to 1, of any number of classes. */
    public static ClassificationMetric matthewsCorrelation() {
        return new ClassificationMetric("matthews_corrcoef", false, ClassCounts::matthews);
    }

    /** Cohen's kappa, the agreement beyond chance. */
    public static ClassificationMetric cohenKappa() {
        return new ClassificationMetric("cohen_kappa", false, ClassCounts::kappa);
    }

    /** Of what was taken for a class, the share that is of it. */
    public static ClassificationMetric precision(Average average) {
        return rate("precision", Rate.PRECISION, average);
    }

    /** Of what is of a class, the share that was taken for it. */
    public static ClassificationMetric recall(Average average) {
        return rate("recall", Rate.RECALL, average);
    }

    /** Of what is not of a class, the share that was not taken for it. */
    public static ClassificationMetric specificity(Average average) {
        return rate("specificity", Rate.SPECIFICITY, average);
    }

    /** The harmonic mean of precision and recall. */
    public static ClassificationMetric f1(Average average) {
        return rate("f1", Rate.fBeta(1), average);
    }

    /**
     * The harmonic mean of precision and recall, recall being beta times as important: (1 +
     * beta<sup>2</sup>) hits / (beta<sup>2</sup> labelled + predicted).
     *
     * @throws IllegalArgumentException if beta is negative or not finite
     */
    public static ClassificationMetric fBeta(double beta, Average average) {
        Numbers.requireNotNegative("fBeta", "beta", beta);
        return rate("f" + beta, Rate.fBeta(beta), average);
    }

    /** Jaccard's index, intersection over union of a class and what was taken for it. */
    public static ClassificationMetric iou(Average average) {
        return rate("iou", Rate.IOU, average);
    }

    /** Dice's coefficient, 2 hits / (labelled + predicted): F1 by another name. */
    public static ClassificationMetric dice(Average average) {
        return rate("dice", Rate.fBeta(1), average);
    }

    private static ClassificationMetric rate(String name, Rate rate, Average average) {
        String suffix =
                average == Average.BINARY ? "" : "_" + average.name().toLowerCase(Locale.ROOT);
        return new ClassificationMetric(name + suffix, true, counts -> counts.of(rate, average));
    }

    /**
     * The share of labels among the k highest outputs: see {@link Accuracy#topK}.
     *
     * @throws IllegalArgumentException if k is below 1
     */
    public static ProbabilityMetric topK(int k) {
        Numbers.requirePositive("Accuracy", "k", k);
        return new ProbabilityMetric(
                "top_" + k + "_accuracy",
                (scores, label) -> scores.rank(label) < k ? 1 : 0,
                DoubleUnaryOperator.identity());
    }

    /** The mean of -ln(probability of the label), kept from 0 and 1 by 2^-52 if not of logits. */
    public static ProbabilityMetric logLoss() {
        return new ProbabilityMetric(
                "log_loss", (scores, label) -> -scores.log(label), DoubleUnaryOperator.identity());
    }

    /** e to the {@link #logLoss}: among how many classes a model wavers. */
    public static ProbabilityMetric perplexity() {
        return new ProbabilityMetric(
                "perplexity", (scores, label) -> -scores.log(label), Math::exp);
    }

    /** Brier's score: the mean squared error of probabilities, over all classes; half of two. */
    public static ProbabilityMetric brier() {
        return new ProbabilityMetric("brier", ClassScores::brier, DoubleUnaryOperator.identity());
    }

    /** The area under the receiver operating characteristic: see {@link Ranking#rocAuc}. */
    public static RankingMetric rocAuc() {
        return new RankingMetric("roc_auc", Ranking::rocAuc);
    }

    /** The area under precision over recall in steps: see {@link Ranking#averagePrecision}. */
    public static RankingMetric averagePrecision() {
        return new RankingMetric("average_precision", Ranking::averagePrecision);
    }

    /** The mean of |target - output|. */
    public static RegressionMetric meanAbsoluteError() {
        return new RegressionMetric("mae", ColumnErrors::absolute);
    }

    /** The mean of (target - output)^2. */
    public static RegressionMetric meanSquaredError() {
        return new RegressionMetric("mse", ColumnErrors::squared);
    }

    /** The root of the mean of (target - output)^2 of each column, averaged over the columns. */
    public static RegressionMetric rootMeanSquaredError() {
        return new RegressionMetric("rmse", ColumnErrors::root);
    }

    /** The mean of |target - output| / |target|; of a target of 0, divided by 2^-52. */
    public static RegressionMetric meanAbsolutePercentageError() {
        return new RegressionMetric("mape", ColumnErrors::relative);
    }

    /** The mean of 2 |target - output| / (|target| + |output|), from 0 to 2. */
    public static RegressionMetric symmetricMeanAbsolutePercentageError() {
        return new RegressionMetric("smape", ColumnErrors::symmetric);
    }

    /** The mean of (ln(1 + target) - ln(1 + output))^2; NaN if a number is -1 or below. */
    public static RegressionMetric meanSquaredLogError() {
        return new RegressionMetric("msle", ColumnErrors::logarithmic);
    }

    /** The largest |target - output|. */
    public static RegressionMetric maxError() {
        return new RegressionMetric("max_error", ColumnErrors::largest);
    }

    /**
     * The mean loss of a quantile: alpha (target - output) where the output is too low, (1 - alpha)
     * (output - target) where it is too high.
     *
     * @throws IllegalArgumentException if alpha is not from 0 to 1
     */
    public static RegressionMetric pinball(double alpha) {
        Numbers.requireShare("pinball", "alpha", alpha);
        return new RegressionMetric("pinball_" + alpha, errors -> errors.pinball(alpha));
    }

    /**
     * 1 - (variance of target - output) / (variance of target), averaged over the columns: {@link
     * #r2} for outputs that may all be off by the same.
     */
    public static RegressionMetric explainedVariance() {
        return new RegressionMetric("explained_variance", ColumnErrors::explainedVariance);
    }

    /** The coefficient of determination, averaged over the columns: see {@link Regression#r2}. */
    public static RegressionMetric r2() {
        return new RegressionMetric("r2", ColumnErrors::r2);
    }
}
