package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Numbers;

import java.util.List;
import java.util.Objects;

/**
 * The cross-entropy of softmax(logits) against class labels or probabilities.
 *
 * <p>loss of sample i = sum over classes c of q[c] (log(sum(exp(logits[i]))) - logits[i][c]);
 * gradient = softmax(logits) sum(q) - q, divided as the reduction says. For {@link
 * io.github.lanewise.nn.data.Targets.Labels} and nothing else set, q is 1 at the label and 0
 * elsewhere. With label smoothing s (Szegedy and others, 2016) and class weights w, q[c] = w[c] ((1
 * - s) t[c] + s / classes), where t is 1 at the label and 0 elsewhere, or the row of probabilities
 * in {@link io.github.lanewise.nn.data.Targets.Values}. Samples whose label is {@code ignoreIndex}
 * do not count.
 *
 * <p>A sample may be a sequence (logits steps x classes) or an image (classes x height x width),
 * with a label for each step or pixel ({@link io.github.lanewise.nn.data.Targets#labels(int[][])})
 * or probabilities in the shape of the logits; {@link ClassAxis} says which dimension is which.
 * Then each step or pixel counts as a sample does here.
 *
 * <p>The mean is over samples, as in PyTorch: for labels it divides by the sum of w[label] over the
 * samples that count, for probabilities by their number. If no sample counts it is NaN, with a
 * gradient of 0.
 *
 * @param labelSmoothing share of each target that is spread evenly over all classes, 0 to 1
 * @param weight w, one for each class; empty for 1
 * @param ignoreIndex label of samples that do not count
 * @param reduction mean over samples, or sum; {@link Reduction#BATCH_MEAN} divides by the batch
 * @param classAxis which dimension of the logits the classes are
 */
public record SoftmaxCrossEntropy(
        float labelSmoothing,
        List<Float> weight,
        int ignoreIndex,
        Reduction reduction,
        ClassAxis classAxis)
        implements Loss {

    private static final int IGNORE_INDEX = -100;

    /** Checks the arguments. */
    public SoftmaxCrossEntropy {
        Numbers.requireShare("SoftmaxCrossEntropy", "label smoothing", labelSmoothing);
        weight = LossChecks.requireWeights("SoftmaxCrossEntropy", weight);
        Objects.requireNonNull(reduction, "reduction");
        Objects.requireNonNull(classAxis, "classAxis");
    }

    /** Makes a loss whose classes are where {@link ClassAxis#BY_RANK} says. */
    public SoftmaxCrossEntropy(
            float labelSmoothing, List<Float> weight, int ignoreIndex, Reduction reduction) {
        this(labelSmoothing, weight, ignoreIndex, reduction, ClassAxis.BY_RANK);
    }

    /** Makes the mean loss without smoothing and weights; it ignores label -100. */
    public SoftmaxCrossEntropy() {
        this(0, List.of(), IGNORE_INDEX, Reduction.MEAN);
    }

    /** Returns this loss with label smoothing. */
    public SoftmaxCrossEntropy labelSmoothing(float smoothing) {
        return new SoftmaxCrossEntropy(smoothing, weight, ignoreIndex, reduction, classAxis);
    }

    /** Returns this loss with a weight for each class. */
    public SoftmaxCrossEntropy weight(float... weights) {
        Float[] list = new Float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            list[i] = weights[i];
        }
        return new SoftmaxCrossEntropy(
                labelSmoothing, List.of(list), ignoreIndex, reduction, classAxis);
    }

    /** Returns this loss with another label for samples that do not count. */
    public SoftmaxCrossEntropy ignoreIndex(int label) {
        return new SoftmaxCrossEntropy(labelSmoothing, weight, label, reduction, classAxis);
    }

    /** Returns this loss reduced otherwise. */
    public SoftmaxCrossEntropy reduction(Reduction reduction) {
        return new SoftmaxCrossEntropy(labelSmoothing, weight, ignoreIndex, reduction, classAxis);
    }

    /** Returns this loss for logits whose classes are elsewhere. */
    public SoftmaxCrossEntropy classAxis(ClassAxis axis) {
        return new SoftmaxCrossEntropy(labelSmoothing, weight, ignoreIndex, reduction, axis);
    }

    @Override
    public LossPass bind(Shape logits, Workspace workspace) {
        return new CrossEntropyPass(this, logits, workspace);
    }

    /** Returns whether only labels matter: the fused kernel can do it. */
    boolean isPlain() {
        return labelSmoothing == 0 && weight.isEmpty();
    }

    /** Returns what turns targets into q. */
    ClassTargets rule(int classes) {
        Matrix weights = LossChecks.classWeights(this, weight, classes);
        return new ClassTargets(labelSmoothing, weights, ignoreIndex);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("SoftmaxCrossEntropy(");
        text.append(labelSmoothing == 0 ? "" : "labelSmoothing=" + labelSmoothing + ", ");
        text.append(weight.isEmpty() ? "" : "weight=" + weight + ", ");
        text.append(ignoreIndex == IGNORE_INDEX ? "" : "ignoreIndex=" + ignoreIndex + ", ");
        text.append(classAxis == ClassAxis.BY_RANK ? "" : "classAxis=" + classAxis + ", ");
        text.append(reduction.suffix(""));
        return text.toString().replaceAll(", $", "") + ")";
    }
}
