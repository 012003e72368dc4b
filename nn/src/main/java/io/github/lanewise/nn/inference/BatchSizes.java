package io.github.lanewise.nn.inference;

/**
 * The batch sizes for which a session binds passes: 1, 8, then twice as many each, up to the
 * largest. So any number of rows is a few batches, none of them with many rows to spare.
 */
final class BatchSizes {

    /** Rows of a tile of the matrix product: this many cost as much as three batches of one. */
    private static final int TILE = 8;

    /** So three rows are a batch of eight, and two are two of one. */
    private static final int MOST_SPARE_ROWS = TILE - 3;

    private final int[] sizes;

    BatchSizes(int largest) {
        int count = 1;
        for (long size = 1; size < largest; size = next(size)) {
            count++;
        }
        sizes = new int[count];
        long size = 1;
        for (int i = 0; i < count - 1; i++) {
            sizes[i] = (int) size;
            size = next(size);
        }
        sizes[count - 1] = largest;
    }

    private static long next(long size) {
        return size == 1 ? TILE : 2 * size;
    }

    int count() {
        return sizes.length;
    }

    int get(int index) {
        return sizes[index];
    }

    /**
     * Returns the index of the batch with which to begin on so many rows: the smallest that holds
     * them all, if few of its rows are to spare, else the largest that they fill.
     */
    int indexFor(int rows) {
        int index = 0;
        while (index < sizes.length - 1 && sizes[index + 1] <= rows) {
            index++;
        }
        if (sizes[index] >= rows || index == sizes.length - 1) {
            return index;
        }
        int spare = sizes[index + 1] - rows;
        return spare <= Math.max(MOST_SPARE_ROWS, rows / TILE) ? index + 1 : index;
    }
}
