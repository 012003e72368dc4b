package io.github.lanewise.bench.memory;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

/** A kernel that does little arithmetic for each value that it reads or writes. */
enum MemoryKernel {
    TRIAD("triad a = b + s c", 3, 3) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.combine(Combination.ADD, x[0], x[1], x[2]);
            return 0;
        }
    },
    SGD("SGD, weight decay", 2, 3) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.update(DESCENT, x[0], x[1]);
            return 0;
        }
    },
    MOMENTUM("SGD, momentum", 3, 5) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.update(MOMENTUM_DESCENT, x[0], x[1], x[2]);
            return 0;
        }
    },
    ADAM("Adam", 4, 7) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.update(PLAIN_ADAM, x[0], x[1], x[2], x[3]);
            return 0;
        }
    },
    ADAMW("AdamW", 4, 7) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.update(DECAYING_ADAM, x[0], x[1], x[2], x[3]);
            return 0;
        }
    },
    RELU("ReLU", 2, 2) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.activate(Activation.RELU, x[0], x[1]);
            return 0;
        }
    },
    RELU_GRADIENT("ReLU's gradient", 3, 3) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.activateGradient(Activation.RELU, x[0], x[1], x[2]);
            return 0;
        }
    },
    BIAS("bias, added to rows", 1, 2) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.addRow(x[1], x[0]);
            return 0;
        }
    },
    COLUMN_SUMS("column sums", 1, 1) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            kernels.columnSums(x[0], 0, x[1]);
            return 0;
        }
    },
    NORM("L2 norm", 1, 1) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            return (float) Math.sqrt(kernels.dot(x[0], x[0]));
        }
    },
    DOT("dot product", 2, 2) {
        @Override
        float run(Kernels kernels, Matrix[] x) {
            return (float) kernels.dot(x[0], x[1]);
        }
    };

    private static final Update DESCENT = new Update.Sgd(0.1f, 0, 0, false, 5e-4f, false);

    private static final Update MOMENTUM_DESCENT =
            new Update.Sgd(0.1f, 0.9f, 0, false, 5e-4f, false);

    private static final Update PLAIN_ADAM =
            new Update.Adam(1e-3f, 0.9f, 0.999f, 1, 1e-8f, 0, 1, false);

    private static final Update DECAYING_ADAM =
            new Update.Adam(1e-3f, 0.9f, 0.999f, 1, 1e-8f, 0, 0.9999f, false);

    private final String title;
    private final int operands;
    private final int moves;

    MemoryKernel(String title, int operands, int moves) {
        this.title = title;
        this.operands = operands;
        this.moves = moves;
    }

    String title() {
        return title;
    }

    /** Returns how many matrices of full size the kernel takes. */
    int operands() {
        return operands;
    }

    /** Returns how often the kernel reads or writes a value for each element of an operand. */
    int moves() {
        return moves;
    }

    /**
     * Runs once.
     *
     * @param x as many matrices of full size as the kernel takes, none negative, then one row
     * @return the result, where it is a number
     */
    abstract float run(Kernels kernels, Matrix[] x);
}
