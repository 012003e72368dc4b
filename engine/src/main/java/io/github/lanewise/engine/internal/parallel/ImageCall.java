package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;

/**
 * The operands of one call of an operation on images, and how it is cut into parts: the images, the
 * channels, or a rectangle of weights. Each thread has one, so that calling allocates nothing.
 */
final class ImageCall implements Team.Job {

    /** Columns of weights are cut at multiples of this, the height of a tile of taps. */
    private static final int COLS = 8;

    /** Columns that should not be cut while there are rows: a vector of few taps. */
    private static final int WHOLE = 16;

    private final KernelSource source;
    private final Team team;

    KernelSet kernels;
    Operation operation;
    Convolution shape;
    Window window;
    Regions rows;
    Regions cols;
    ChannelNorm normalization;
    Activation activation;
    Epilogue epilogue;
    Matrix x;
    Matrix y;
    Matrix z;
    Matrix w;
    Matrix dx;
    int[] indices;
    float beta;

    private int size;
    private int share;
    private int across;
    private int acrossShare;
    private int acrossParts;

    /** Runs the part of an operation from [from, to) and, of weights, columns [fromCol, toCol). */
    @FunctionalInterface
    interface Operation {
        void run(ImageCall c, int from, int to, int fromCol, int toCol);
    }

    ImageCall(KernelSource source, Team team) {
        this.source = source;
        this.team = team;
    }

    /** Begins a call of a kernel of a family. */
    ImageCall of(Operation operation, Family family) {
        this.operation = operation;
        kernels = source.current(family);
        return this;
    }

    /**
     * Runs the call, cut along one dimension. The number of threads decides where; each part is an
     * output of its own, so no result depends on it.
     *
     * @param size of the dimension
     * @param work of the whole call
     * @param minWork below which a part does not pay for its hand-over
     */
    void run(int size, long work, long minWork) {
        int parts = parts(size, work, minWork);
        run(size, Math.max(1, Math.ceilDiv(size, parts)), 1, 1);
    }

    /**
     * Cuts sums over chunks of a batch: into the chunks if all threads get equally many, else the
     * columns, and where they are too few for all threads also the rows.
     *
     * @param unit columns that stay together
     */
    void runChunks(int chunks, Matrix sums, int unit, long work, long minWork) {
        int cols = sums.cols();
        int parts = Math.clamp(work / minWork, 1, team.threads());
        if (chunks % parts == 0) {
            run(sums.rows(), sums.rows() / parts, cols, cols);
            return;
        }
        int byCols = Math.clamp(Math.ceilDiv(cols, WHOLE * unit), 1, parts);
        int byRows = chunks * Math.clamp(parts / byCols, 1, sums.rows() / chunks);
        int share = Math.ceilDiv(cols, byCols);
        run(
                sums.rows(),
                Math.ceilDiv(sums.rows(), byRows),
                cols,
                byCols == 1 ? cols : Math.ceilDiv(share, COLS * unit) * COLS * unit);
    }

    private int parts(int size, long work, long minWork) {
        return Math.clamp(work / minWork, 1, Math.clamp(team.threads(), 1, Math.max(1, size)));
    }

    private void run(int size, int share, int across, int acrossShare) {
        this.size = size;
        this.share = share;
        this.across = across;
        this.acrossShare = acrossShare;
        acrossParts = Math.max(1, Math.ceilDiv(across, acrossShare));
        try {
            team.run(Math.ceilDiv(size, share) * acrossParts, this);
        } finally {
            clear();
        }
    }

    @Override
    public void run(int part) {
        int from = part / acrossParts * share;
        int fromCol = part % acrossParts * acrossShare;
        operation.run(
                this,
                from,
                Math.min(size, from + share),
                fromCol,
                Math.min(across, fromCol + acrossShare));
    }

    /** Lets go of the operands, so that a quiet thread keeps no array alive. */
    private void clear() {
        normalization = null;
        epilogue = null;
        x = null;
        y = null;
        z = null;
        w = null;
        dx = null;
        indices = null;
    }
}
