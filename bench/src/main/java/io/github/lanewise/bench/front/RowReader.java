package io.github.lanewise.bench.front;

import java.util.List;

/**
 * The last hidden state of an LSTM over the rows of an image.
 *
 * @param side of the image
 * @param units hidden units
 */
public record RowReader(int side, int units) implements Front {

    private static final int GATES = 4;

    @Override
    public int[] input() {
        return new int[] {side, side};
    }

    @Override
    public List<Double> flops() {
        return List.of(
                side * Front.product(side, GATES * units),
                side * Front.product(units, GATES * units));
    }
}
