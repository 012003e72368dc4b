package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.parallel.Team;

/**
 * The operands of one operation, how it is cut into parts, and what runs a part. Each thread has
 * one and uses it again for every operation, so that calling allocates nothing.
 */
final class Call implements Team.Job {

    /**
     * Runs a part of an operation: rows, columns or images [from, to), and of what is cut in two
     * directions columns [fromCol, toCol). It captures nothing.
     */
    @FunctionalInterface
    interface Part {
        void run(Call c, int from, int to, int fromCol, int toCol);
    }

    /** Runs a pointwise operation on n elements of row i from column j on. */
    @FunctionalInterface
    interface Span {
        void run(Call c, int i, int j, int n);
    }

    /**
     * The part of a pointwise operation: if all operands are contiguous they count as one long row,
     * and the part is a range of its elements; else it is a range of rows.
     */
    private static final Part SPANS =
            (c, from, to, fromCol, toCol) -> {
                if (c.flat) {
                    c.span.run(c, 0, from, to - from);
                } else {
                    for (int i = from; i < to; i++) {
                        c.span.run(c, i, 0, c.x.cols());
                    }
                }
            };

    KernelSet kernels;

    /** Those of another family, where an operation has need of two. */
    KernelSet others;

    private Part part;
    private Span span;
    private boolean flat;

    Matrix x;
    Matrix y;
    Matrix z;
    Matrix w;
    Matrix bias;
    Matrix scales;
    Matrix losses;
    Matrix dx;
    Matrix dy;
    Matrix[] a;
    Matrix[] b;
    Matrix[] c;
    int[] indices;
    byte[] bytes;
    Epilogue epilogue;
    PointwiseLoss loss;
    ClassTargets classTargets;
    ChannelNorm channelNorm;
    Cell cell;
    TimeSteps steps;

    Activation activation;
    Transpose transpose;
    Combination combination;
    Update update;
    Convolution convolution;
    Window window;
    Regions rows;
    Regions cols;
    RowNorm rowNorm;
    long key;
    float alpha;
    float beta;
    float margin;
    boolean squared;
    int skipped;

    /** What a product does to a parameter, where it is the parameter's gradient. */
    final ParameterUpdate parameterUpdate = new ParameterUpdate();

    /** One for each row, where the operation has a number as its result. */
    double[] results = new double[64];

    /** What that number is, and whether it is taken again in double. */
    RowSum rowSum;

    boolean inDouble;

    /**
     * What {@link RowGather} has read ahead: a use of it, so that C2 does not leave the reads out.
     */
    int prefetched;

    private int size;
    private int chunk;
    private int across;
    private int acrossChunk;
    private int acrossParts;

    /** Begins an operation. */
    Call of(KernelSet kernels, Part part) {
        this.kernels = kernels;
        this.part = part;
        return this;
    }

    /** Begins a pointwise operation. */
    Call of(KernelSet kernels, Span span) {
        this.span = span;
        return of(kernels, SPANS);
    }

    /** Says whether a pointwise operation sees its operands as one long row. */
    void flat(boolean flat) {
        this.flat = flat;
    }

    /** Cuts [0, size) into parts of {@code chunk}; returns how many. */
    int split(int size, int chunk) {
        return split(size, chunk, 0, 1);
    }

    /** Cuts a rectangle into parts of {@code chunk x acrossChunk}; returns how many. */
    int split(int size, int chunk, int across, int acrossChunk) {
        this.size = size;
        this.chunk = chunk;
        this.across = across;
        this.acrossChunk = acrossChunk;
        acrossParts = Math.max(1, Math.ceilDiv(across, acrossChunk));
        return Math.ceilDiv(size, chunk) * acrossParts;
    }

    /** Returns where an element of a matrix lies in its array. */
    static int at(Matrix x, int i, int j) {
        return x.offset() + i * x.ld() + j;
    }

    /** Returns the results, of which there are so many or more. */
    double[] roomForResults(int rows) {
        if (results.length < rows) {
            results = new double[rows];
        }
        return results;
    }

    @Override
    public void run(int number) {
        int from = number / acrossParts * chunk;
        int fromCol = number % acrossParts * acrossChunk;
        int to = Math.min(size, from + chunk);
        part.run(this, from, to, fromCol, Math.min(across, fromCol + acrossChunk));
    }

    /** Lets go of the operands, so that a quiet thread keeps no array alive. */
    void clear() {
        x = null;
        y = null;
        z = null;
        w = null;
        bias = null;
        scales = null;
        losses = null;
        dx = null;
        dy = null;
        a = null;
        b = null;
        c = null;
        indices = null;
        bytes = null;
        epilogue = null;
        loss = null;
        classTargets = null;
        channelNorm = null;
        cell = null;
        steps = null;
        parameterUpdate.release();
    }
}
