package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.LossRows;

/** What a {@link Call} is to kernels, for losses: operands, and how they are cut into parts. */
final class LossCall implements Team.Job {

    /** How each operation runs the rows from {@code from} to {@code to}. */
    enum Operation {
        POINTWISE {
            @Override
            void span(LossCall c, int i, int j, int n) {
                c.kernels
                        .losses()
                        .pointwise(
                                c.loss,
                                j,
                                c.x.data(),
                                at(c.x, i, j),
                                c.y.data(),
                                at(c.y, i, j),
                                c.scale,
                                c.losses.data(),
                                at(c.losses, i, j),
                                c.dx == null ? null : c.dx.data(),
                                c.dx == null ? 0 : at(c.dx, i, j),
                                n);
            }
        },
        WEIGH {
            @Override
            void span(LossCall c, int i, int j, int n) {
                int w = at(c.weights, c.weights.rows() == 1 ? 0 : i, j);
                c.kernels.losses().weigh(c.weights.data(), w, c.x.data(), at(c.x, i, j), n);
            }
        },
        OF_LABELS {
            @Override
            void run(LossCall c, int from, int to) {
                LossRows.ofLabels(c.rule, c.labels, c.x, c.weights, from, to);
            }
        },
        OF_PROBABILITIES {
            @Override
            void run(LossCall c, int from, int to) {
                LossRows.ofProbabilities(c.rule, c.y, c.x, from, to);
            }
        },
        MULTI_MARGIN {
            @Override
            void run(LossCall c, int from, int to) {
                Matrix w = c.weights;
                for (int i = from; i < to; i++) {
                    int label = c.labels[i];
                    float weight = w == null ? 1f : w.data()[w.offset() + label];
                    LossRows.multiMargin(
                            c.kernels.rows(),
                            c.squared,
                            c.margin,
                            weight,
                            c.x,
                            label,
                            c.scale,
                            c.losses,
                            c.dx,
                            i);
                }
            }
        },
        COSINE {
            @Override
            void run(LossCall c, int from, int to) {
                for (int i = from; i < to; i++) {
                    LossRows.cosine(
                            c.kernels.rows(),
                            c.x,
                            c.y,
                            c.labels == null ? 1 : c.labels[i],
                            c.margin,
                            c.scale,
                            c.losses,
                            c.dx,
                            c.dy,
                            i);
                }
            }
        },
        TRIPLET_MARGIN {
            @Override
            void run(LossCall c, int from, int to) {
                for (int i = from; i < to; i++) {
                    LossRows.tripletMargin(
                            c.kernels.rows(), c.x, c.margin, c.epsilon, c.scale, c.losses, c.dx, i);
                }
            }
        };

        /** Runs rows; or if all operands are contiguous, elements of the one long row they form. */
        void run(LossCall c, int from, int to) {
            if (c.flat) {
                span(c, 0, from, to - from);
            } else {
                for (int i = from; i < to; i++) {
                    span(c, i, 0, c.x.cols());
                }
            }
        }

        void span(LossCall c, int i, int j, int n) {
            throw new UnsupportedOperationException(name());
        }

        private static int at(Matrix x, int i, int j) {
            return x.offset() + i * x.ld() + j;
        }
    }

    KernelSet kernels;
    Operation operation;
    PointwiseLoss loss;
    ClassTargets rule;
    Matrix x;
    Matrix y;
    Matrix weights;
    Matrix losses;
    Matrix dx;
    Matrix dy;
    int[] labels;
    float scale;
    float margin;
    float epsilon;
    boolean squared;
    boolean flat;
    private int size;
    private int chunk;

    /** Cuts [0, size) into parts of {@code chunk}; returns how many. */
    int split(int size, int chunk) {
        this.size = size;
        this.chunk = chunk;
        return Math.ceilDiv(size, chunk);
    }

    @Override
    public void run(int part) {
        int from = part * chunk;
        operation.run(this, from, Math.min(size, from + chunk));
    }

    /** Lets go of the operands, so that a quiet thread keeps no array alive. */
    void clear() {
        loss = null;
        rule = null;
        x = null;
        y = null;
        weights = null;
        losses = null;
        dx = null;
        dy = null;
        labels = null;
    }
}
