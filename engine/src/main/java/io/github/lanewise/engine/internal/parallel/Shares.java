package io.github.lanewise.engine.internal.parallel;

/** Equal parts of a range of rows or columns, one for each thread where each has enough to do. */
final class Shares {

    /** Elements that one thread moves in the time of a few hand-overs to another. */
    private static final int MIN_ELEMENTS = 8 * 1024;

    private int size;
    private int chunk;

    /**
     * Cuts a range.
     *
     * @param size of the range
     * @param elements that each number of the range stands for
     * @param threads how many there are
     * @return how many parts
     */
    int split(int size, long elements, int threads) {
        this.size = size;
        int smallest = (int) (MIN_ELEMENTS / Math.max(1, elements)) + 1;
        chunk = Math.max(smallest, Math.ceilDiv(size, threads));
        return Math.ceilDiv(size, chunk);
    }

    int from(int part) {
        return part * chunk;
    }

    int to(int part) {
        return Math.min(size, (part + 1) * chunk);
    }
}
