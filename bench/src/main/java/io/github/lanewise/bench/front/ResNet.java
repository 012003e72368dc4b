package io.github.lanewise.bench.front;

import java.util.ArrayList;
import java.util.List;

/**
 * A residual network for small images (He et al., "Deep residual learning for image recognition",
 * 2016, section 4.2): a convolution, then stages of blocks of two, each convolution 3x3 without
 * bias and with batch normalization, then the mean of each channel.
 *
 * <p>The first block of each stage but the first halves the image; its skip is a convolution of 1x1
 * with batch normalization.
 *
 * @param side of the images
 * @param colours channels of the images
 * @param channels of each stage
 * @param blocks of each stage
 */
public record ResNet(int side, int colours, List<Integer> channels, int blocks) implements Front {

    private static final int WINDOW = 3 * 3;

    @Override
    public int[] input() {
        return new int[] {colours, side, side};
    }

    @Override
    public List<Double> flops() {
        List<Double> flops = new ArrayList<>();
        int in = channels.getFirst();
        int pixels = side * side;
        flops.add(pixels * Front.product(colours * WINDOW, in));
        for (int out : channels) {
            boolean halves = out != in;
            pixels /= halves ? 4 : 1;
            for (int block = 0; block < blocks; block++) {
                flops.add(pixels * Front.product(in * WINDOW, out));
                flops.add(pixels * Front.product(out * WINDOW, out));
                if (halves && block == 0) {
                    flops.add(pixels * Front.product(in, out));
                }
                in = out;
            }
        }
        return flops;
    }
}
