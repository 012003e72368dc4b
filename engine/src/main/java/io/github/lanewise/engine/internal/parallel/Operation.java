package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ColumnSums;

/**
 * How each operation runs one part of a {@link Call}: rows or elements [from, to), and for products
 * columns [fromCol, toCol). Pointwise operations see their operands as rows of spans.
 */
enum Operation {
    GEMM {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels
                    .products()
                    .gemm(c.transpose, c.x, c.y, c.beta, c.z, c.epilogue, from, to, fromCol, toCol);
        }
    },
    GEMM_THEN_UPDATE {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels
                    .products()
                    .gemm(
                            c.transpose,
                            c.x,
                            c.y,
                            0,
                            c.z,
                            c.parameterUpdate,
                            from,
                            to,
                            fromCol,
                            toCol);
        }
    },
    ACTIVATE {
        @Override
        void span(Call c, int i, int j, int n) {
            c.kernels
                    .pointwise()
                    .activate(
                            c.activation, c.x.data(), at(c.x, i, j), c.y.data(), at(c.y, i, j), n);
        }
    },
    ACTIVATE_GRADIENT {
        @Override
        void span(Call c, int i, int j, int n) {
            c.kernels
                    .pointwise()
                    .activateGradient(
                            c.activation,
                            c.x.data(),
                            at(c.x, i, j),
                            c.y.data(),
                            at(c.y, i, j),
                            c.z.data(),
                            at(c.z, i, j),
                            n);
        }
    },
    AXPY {
        @Override
        void span(Call c, int i, int j, int n) {
            c.kernels
                    .pointwise()
                    .axpy(c.alpha, c.x.data(), at(c.x, i, j), c.y.data(), at(c.y, i, j), n);
        }
    },
    COMBINE {
        @Override
        void span(Call c, int i, int j, int n) {
            c.kernels
                    .pointwise()
                    .combine(
                            c.combination,
                            c.x.data(),
                            at(c.x, i, j),
                            c.y.data(),
                            at(c.y, i, j),
                            c.z.data(),
                            at(c.z, i, j),
                            n);
        }
    },
    SCALE {
        @Override
        void span(Call c, int i, int j, int n) {
            c.kernels.pointwise().scale(c.alpha, c.x.data(), at(c.x, i, j), n);
        }
    },
    DROPOUT {
        @Override
        void span(Call c, int i, int j, int n) {
            int first = i * c.x.cols() + j;
            c.kernels
                    .pointwise()
                    .dropout(
                            c.key,
                            c.alpha,
                            first,
                            c.x.data(),
                            at(c.x, i, j),
                            c.y.data(),
                            at(c.y, i, j),
                            n);
        }
    },
    UPDATE {
        @Override
        void span(Call c, int i, int j, int n) {
            c.kernels.updates().update(c.update, c.x, c.y, c.states, i, j, n);
        }
    },
    ADD_ROW {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels.rows().addRow(c.x, c.y, from, to);
        }
    },
    COLUMN_SUMS {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            ColumnSums.run(c.kernels.rows(), c.x, c.beta, c.y, from, to);
        }
    },
    SOFTMAX {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels.rows().softmax(c.x, c.y, from, to);
        }
    },
    LOG_SOFTMAX {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels.rows().logSoftmax(c.x, c.y, from, to);
        }
    },
    SOFTMAX_GRADIENT {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels.rows().softmaxGradient(c.x, c.y, c.z, from, to);
        }
    },
    LOG_SOFTMAX_GRADIENT {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels.rows().logSoftmaxGradient(c.x, c.y, c.z, from, to);
        }
    },
    SOFTMAX_CROSS_ENTROPY {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.kernels.rows().softmaxCrossEntropy(c.x, c.indices, c.alpha, c.y, c.z, from, to);
        }
    },
    ROW_SUMS {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            c.rowSum.run(c, from, to);
        }
    },
    GATHER_ROWS {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            RowGather.floats(c, from, to);
        }
    },
    GATHER_BYTES {
        @Override
        void run(Call c, int from, int to, int fromCol, int toCol) {
            RowGather.bytes(c, from, to);
        }
    };

    /**
     * Runs one part. A pointwise operation does it span by span: if all operands are contiguous
     * they count as one long row and the part is a range of its elements; else it is a range of
     * rows.
     */
    void run(Call c, int from, int to, int fromCol, int toCol) {
        if (c.flat) {
            span(c, 0, from, to - from);
        } else {
            for (int i = from; i < to; i++) {
                span(c, i, 0, c.x.cols());
            }
        }
    }

    /** Runs a pointwise operation on n elements of row i from column j on. */
    void span(Call c, int i, int j, int n) {
        throw new UnsupportedOperationException(name());
    }

    private static int at(Matrix x, int i, int j) {
        return x.offset() + i * x.ld() + j;
    }
}
