package io.github.lanewise.onnx;

/** How many numbers a graph may compute from its constants: what the file's size justifies. */
final class Budget {

    /** Masks and positions of sequences are computed; a sequence of 2,048 has a mask of 2^22. */
    private static final long FREE = 1 << 24;

    private long left;
    private int count;

    /**
     * Makes a budget.
     *
     * @param inFile numbers in the file
     */
    Budget(long inFile) {
        left = FREE + 4 * inFile;
    }

    /** Returns a number of its own for an array that is made of another. */
    int next() {
        return count++;
    }

    void take(long numbers) {
        if (numbers < 0) {
            throw new IllegalArgumentException(
                    "%s numbers; there must be 0 or more".formatted(numbers));
        }
        left -= numbers;
        if (left < 0) {
            throw new IllegalArgumentException(
                    "the graph computes more constants than its file justifies; it is hostile or"
                            + " broken");
        }
    }
}
