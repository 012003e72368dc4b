package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

/**
 * The pass of a loss that is a plain loop in double on the caller's thread, which is its
 * definition: samples one after another, their losses added in ascending order. Beside a network
 * its time does not count.
 */
abstract class PlainLossPass extends ReducedLossPass {

    private final int ofSample;
    private final Matrix gradient;
    private final Matrix losses;

    /**
     * @param ofSample losses of a sample
     */
    PlainLossPass(
            Loss loss, Reduction reduction, Shape predictions, int ofSample, Workspace workspace) {
        super(loss, reduction, workspace);
        this.ofSample = ofSample;
        this.gradient = workspace.buffer(predictions);
        this.losses = Matrix.zeros(workspace.batch(), ofSample);
    }

    /** Looks at the targets of a batch, and keeps what {@link #sample} needs of them. */
    abstract void begin(Matrix predictions, Targets targets);

    /**
     * Returns the loss of a sample, and writes its gradient; where a sample has several losses it
     * hands over each by {@link #put} and returns their sum.
     *
     * @param i its number in the batch
     * @param x predictions, those of the sample from {@code at} on
     * @param scale factor of the gradient
     * @param dx receives the gradient, from {@code to} on; it holds other numbers before
     */
    abstract double sample(int i, float[] x, int at, double scale, float[] dx, int to);

    /** Keeps loss j of sample i. */
    final void put(int i, int j, double loss) {
        losses.data()[i * ofSample + j] = (float) loss;
    }

    @Override
    double weightOf(Targets targets, int from, int to) {
        return (double) (to - from) * ofSample;
    }

    @Override
    final double sum(Matrix predictions, Targets targets, float scale) {
        begin(predictions, targets);
        double sum = 0;
        for (int i = 0; i < predictions.rows(); i++) {
            int at = predictions.offset() + i * predictions.ld();
            int to = i * gradient.ld();
            double loss = sample(i, predictions.data(), at, scale, gradient.data(), to);
            if (ofSample == 1) {
                put(i, 0, loss);
            }
            sum += loss;
        }
        return sum;
    }

    @Override
    final Matrix gradient() {
        return gradient;
    }

    @Override
    final Matrix lossRows() {
        return losses;
    }
}
