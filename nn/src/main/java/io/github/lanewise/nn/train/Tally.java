package io.github.lanewise.nn.train;

/**
 * Adds up losses and right classes over batches; in double, so that long epochs keep their digits.
 */
final class Tally {

    private int samples;
    private double lossSum;
    private int right;
    private boolean labelled = true;

    void clear() {
        samples = 0;
        lossSum = 0;
        right = 0;
    }

    /** Adds a batch; a negative count of right classes says that its targets are not labels. */
    void add(int rows, float meanLoss, int rightRows) {
        samples += rows;
        lossSum += (double) meanLoss * rows;
        right += rightRows;
        labelled = rightRows >= 0;
    }

    int samples() {
        return samples;
    }

    double loss() {
        return lossSum / samples;
    }

    double accuracy() {
        return labelled ? (double) right / samples : Double.NaN;
    }
}
