package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;

import java.util.Arrays;

/**
 * The rows of each point in time that have a step, where samples are sequences of unequal length:
 * samples are sorted, the longest first, so that they are the first rows (as in PyTorch's packed
 * sequences). Of equally long samples the first comes first.
 */
final class ActiveRows {

    private final Lengths lengths;
    private final int[] rows;
    private final int[] samples;
    private final int[] inTime;
    private final int[] backInTime;
    private final int[] places;

    ActiveRows(Lengths lengths) {
        this.lengths = lengths;
        rows = new int[lengths.batch()];
        samples = new int[lengths.batch()];
        inTime = new int[lengths.steps()];
        backInTime = new int[lengths.steps()];
        places = new int[lengths.steps() + 1];
    }

    /** Takes in the lengths of a new batch. */
    void update() {
        int steps = inTime.length;
        Arrays.fill(places, 0);
        for (int i = 0; i < rows.length; i++) {
            places[lengths.at(i)]++;
        }
        int longer = 0;
        for (int length = steps; length >= 0; length--) {
            int equal = places[length];
            places[length] = longer;
            longer += equal;
        }
        for (int i = 0; i < rows.length; i++) {
            int row = places[lengths.at(i)]++;
            rows[i] = row;
            samples[row] = i;
        }
        for (int t = 0; t < steps; t++) {
            // behind the samples of length t + 1, and so behind all that are as long or longer
            inTime[t] = places[t + 1];
            backInTime[steps - 1 - t] = places[t + 1];
        }
    }

    /** Returns the row of a sample. */
    int row(int sample) {
        return rows[sample];
    }

    /** Returns the sample in a row. */
    int sample(int row) {
        return samples[row];
    }

    /** Returns the length of a sample. */
    int length(int sample) {
        return lengths.at(sample);
    }

    /** Returns how many rows have a step, from the first point in time on. */
    int[] inTime() {
        return inTime;
    }

    /** Returns the same from the last point in time back. */
    int[] backInTime() {
        return backInTime;
    }

    /** Sets the rows that have no step to 0, in time-major rows. */
    void clearOthers(Matrix x) {
        int batch = rows.length;
        for (int t = 0; t < inTime.length; t++) {
            for (int row = inTime[t]; row < batch; row++) {
                int at = x.offset() + (t * batch + row) * x.ld();
                Arrays.fill(x.data(), at, at + x.cols(), 0);
            }
        }
    }

    /** Sets the steps behind the end of each sample to 0, in rows of samples. */
    void clearPadding(Matrix x) {
        int steps = inTime.length;
        int width = x.cols() / steps;
        for (int i = 0; i < rows.length; i++) {
            int at = x.offset() + i * x.ld();
            Arrays.fill(x.data(), at + length(i) * width, at + steps * width, 0);
        }
    }
}
