package io.github.lanewise.engine.internal.dispatch;

/**
 * Cuts the m x n result of a product into a grid of rectangles, one for each thread.
 *
 * <p>Each rectangle is a product of its own, which packs what it reads, so the threads never wait
 * for each other. What that costs is packing the same operand more than once; the grid is chosen so
 * that the rectangles are as even, and then as square, as can be.
 */
final class ProductSplit {

    /** Rectangles begin at multiples of these, which every register tile divides. */
    private static final int ROWS = 8;

    private static final int COLS = 32;

    private final int threads;
    private final long leastWork;

    ProductSplit(Dispatch dispatch) {
        threads = dispatch.threads();
        leastWork = dispatch.leastWork();
    }

    /** Cuts a call that computes m x n sums of length k; returns how many parts. */
    int apply(Call call, int m, int k, int n) {
        int parts = (int) Math.min(threads, (long) m * n * k / leastWork);
        if (parts <= 1) {
            return call.split(m, Math.max(1, m), n, Math.max(1, n));
        }
        int bestRows = m;
        int bestCols = n;
        long bestCost = Long.MAX_VALUE;
        for (int down = 1; down <= parts; down++) {
            int across = parts / down;
            int rows = chunk(m, down, ROWS);
            int cols = chunk(n, across, COLS);
            // The largest rectangle sets the time; its edges, the packing.
            long cost = (long) rows * cols * 16 + (rows + cols) * 8L;
            if (cost < bestCost) {
                bestCost = cost;
                bestRows = rows;
                bestCols = cols;
            }
        }
        return call.split(m, bestRows, n, bestCols);
    }

    private static int chunk(int size, int parts, int multiple) {
        return Math.max(multiple, Math.ceilDiv(Math.ceilDiv(size, parts), multiple) * multiple);
    }
}
