package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.KernelSet;

/**
 * The operands of one kernel call and how it is cut into parts. Each thread has one and uses it
 * again for every call, so that calling allocates nothing.
 */
final class Call implements Team.Job {

    KernelSet kernels;
    Operation operation;
    Transpose transpose;
    Activation activation;
    Combination combination;
    Epilogue epilogue;
    Update update;
    Matrix x;
    Matrix y;
    Matrix z;
    Matrix w;
    Matrix[] states;
    int[] indices;
    byte[] bytes;
    long key;
    float alpha;
    float beta;

    /** What a product does to a parameter, where it is the parameter's gradient. */
    final ParameterUpdate parameterUpdate = new ParameterUpdate();

    /** One for each row, where the operation has a number as its result. */
    double[] results = new double[64];

    /** What that number is, and whether it is taken again in double. */
    RowSum rowSum;

    boolean inDouble;

    /** Whether all operands are contiguous, so that a pointwise operation may run across rows. */
    boolean flat;

    /** What {@link RowGather} has seen; nobody wants to know. */
    int seen;

    /** Cuts along the first dimension of the output, and for products along the second too. */
    private int size;

    private int chunk;
    private int cols;
    private int colChunk;
    private int colParts;

    /** Cuts [0, size) into parts of {@code chunk}; returns how many. */
    int split(int size, int chunk) {
        return split(size, chunk, 0, 1);
    }

    /** Cuts a rectangle into parts of {@code chunk x colChunk}; returns how many. */
    int split(int rows, int chunk, int cols, int colChunk) {
        this.size = rows;
        this.chunk = chunk;
        this.cols = cols;
        this.colChunk = colChunk;
        colParts = Math.max(1, Math.ceilDiv(cols, colChunk));
        return Math.ceilDiv(rows, chunk) * colParts;
    }

    /** Returns the results, of which there are so many or more. */
    double[] roomForResults(int rows) {
        if (results.length < rows) {
            results = new double[rows];
        }
        return results;
    }

    @Override
    public void run(int part) {
        int from = part / colParts * chunk;
        int to = Math.min(size, from + chunk);
        int fromCol = part % colParts * colChunk;
        int toCol = Math.min(cols, fromCol + colChunk);
        operation.run(this, from, to, fromCol, toCol);
    }

    /** Lets go of the operands, so that a quiet thread keeps no array alive. */
    void clear() {
        epilogue = null;
        x = null;
        y = null;
        z = null;
        w = null;
        states = null;
        parameterUpdate.release();
        indices = null;
        bytes = null;
    }
}
