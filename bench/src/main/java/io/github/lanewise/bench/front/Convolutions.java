package io.github.lanewise.bench.front;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions without padding on images of one channel, each with ReLU and a max-pooling of 2x2
 * after it.
 */
public record Convolutions() implements Front {

    /** Side of the images. */
    public static final int IMAGE = 28;

    /** Side of a window. */
    public static final int KERNEL = 5;

    /** Output channels of each convolution. */
    public static final List<Integer> CHANNELS = List.of(16, 32);

    @Override
    public int[] input() {
        return new int[] {1, IMAGE, IMAGE};
    }

    @Override
    public List<Double> flops() {
        List<Double> flops = new ArrayList<>();
        int side = IMAGE;
        int channels = 1;
        for (int out : CHANNELS) {
            side = side - KERNEL + 1;
            flops.add(side * side * Front.product(channels * KERNEL * KERNEL, out));
            side /= 2;
            channels = out;
        }
        return flops;
    }
}
