package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.internal.Passes;

/**
 * What the losses have in common that compare the samples of a batch with each other: all vectors
 * are brought to length 1, and the cosines of pairs are the logits of a cross-entropy.
 */
abstract class ContrastivePass implements LossPass {

    /** The least length that is divided by; shorter vectors do not move. */
    private static final double EPS = 1e-12;

    private final Loss loss;
    private final Reduction reduction;
    private final boolean training;
    private final Kernels kernels;
    private final int batch;
    private final int features;
    private final double[] lengths;
    private final Matrix units;
    private final Matrix dUnits;
    private final Matrix gradient;
    private final Matrix losses;
    private boolean ready;

    ContrastivePass(Loss loss, Reduction reduction, Shape predictions, Workspace workspace) {
        this.loss = loss;
        this.reduction = reduction;
        this.training = workspace.training();
        this.kernels = workspace.kernels();
        this.batch = workspace.batch();
        this.features = predictions.features() / 2;
        this.lengths = new double[2 * batch];
        this.units = Matrix.zeros(2 * batch, features);
        this.dUnits = Matrix.zeros(2 * batch, features);
        this.gradient = workspace.buffer(predictions);
        this.losses = Matrix.zeros(batch, 1);
    }

    static void requirePairs(Loss loss, Shape predictions, Workspace workspace) {
        PairLossPass.requirePairs(loss, predictions, "two views of a sample");
        if (workspace.batch() < 2) {
            throw new IllegalArgumentException(
                    "%s: a batch of 1 sample has no others to compare with; take 2 or more, and if only the last one of an epoch has 1, drop it"
                            .formatted(loss.getClass().getSimpleName()));
        }
    }

    static void requireReduction(String loss, Reduction reduction) {
        if (reduction != Reduction.MEAN && reduction != Reduction.SUM) {
            throw new IllegalArgumentException(
                    "%s: reduction is %s; it must be mean or sum".formatted(loss, reduction));
        }
    }

    /**
     * Computes the losses of the samples and the gradient of the unit vectors.
     *
     * @param units of first views, then of second ones
     * @param scale factor of a sample's loss in the gradient
     */
    abstract void compare(Kernels kernels, Matrix units, float scale, Matrix losses, Matrix dUnits);

    @Override
    public float forward(Matrix predictions, Targets targets) {
        if (targets instanceof Targets.Weighted) {
            throw new IllegalArgumentException(
                    "%s: samples have weights; it compares them all, leave the weights away"
                            .formatted(loss.getClass().getSimpleName()));
        }
        for (int row = 0; row < 2 * batch; row++) {
            int from =
                    predictions.offset() + row % batch * predictions.ld() + row / batch * features;
            double square = 0;
            for (int j = 0; j < features; j++) {
                double x = predictions.data()[from + j];
                square += x * x;
            }
            lengths[row] = Math.sqrt(square);
            double length = Math.max(lengths[row], EPS);
            for (int j = 0; j < features; j++) {
                units.data()[row * features + j] = (float) (predictions.data()[from + j] / length);
            }
        }
        float scale = reduction == Reduction.MEAN ? 1f / batch : 1;
        compare(kernels, units, scale, losses, dUnits);
        ready = true;
        double sum = kernels.sum(losses);
        return (float) (reduction == Reduction.MEAN ? sum / batch : sum);
    }

    /** Of a unit vector z = x / |x|, dx = (dz - (dz z) z) / |x|. */
    @Override
    public Matrix backward() {
        Passes.requireForward(loss, training, ready ? this : null);
        for (int row = 0; row < 2 * batch; row++) {
            int at = row * features;
            int to = row % batch * gradient.ld() + row / batch * features;
            double along = 0;
            for (int j = 0; j < features; j++) {
                along += (double) dUnits.data()[at + j] * units.data()[at + j];
            }
            for (int j = 0; j < features; j++) {
                double across = dUnits.data()[at + j] - along * units.data()[at + j];
                boolean moves = !(lengths[row] <= EPS); // so that NaN is seen
                gradient.data()[to + j] = moves ? (float) (across / lengths[row]) : 0;
            }
        }
        return gradient;
    }

    @Override
    public Matrix losses() {
        if (!ready) {
            throw new IllegalStateException("losses: no forward call came before; call forward");
        }
        return losses;
    }

    @Override
    public double judged(Targets targets) {
        return NO_ACCURACY;
    }

    @Override
    public double correct(Matrix predictions, Targets targets) {
        return NO_ACCURACY;
    }

    /** c = a b<sup>T</sup>. */
    static void products(Kernels kernels, Matrix a, Matrix b, Matrix c) {
        kernels.gemm(Transpose.NT, a, b, 0, c, Epilogue.NONE);
    }

    /** c = beta c + a b. */
    static void add(Kernels kernels, Matrix a, Matrix b, float beta, Matrix c) {
        kernels.gemm(Transpose.NN, a, b, beta, c, Epilogue.NONE);
    }

    /** c = beta c + a<sup>T</sup> b. */
    static void addTransposed(Kernels kernels, Matrix a, Matrix b, float beta, Matrix c) {
        kernels.gemm(Transpose.TN, a, b, beta, c, Epilogue.NONE);
    }
}
