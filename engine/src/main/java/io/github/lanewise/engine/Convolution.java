package io.github.lanewise.engine;

import java.util.Locale;
import java.util.Objects;

/**
 * The shape of a convolution over images of several channels.
 *
 * <p>With g groups, the first 1/g of the output channels see the first 1/g of the input channels,
 * and so on; as many groups as channels make it depthwise.
 *
 * @param inChannels channels of the image
 * @param outChannels channels of the output
 * @param groups how many parts the channels fall into; divides both
 * @param window how the window slides over each channel
 */
public record Convolution(int inChannels, int outChannels, int groups, Window window) {

    /** Checks the channels, and that an array can hold a padded image and the weights. */
    public Convolution {
        Objects.requireNonNull(window, "window");
        if (Math.min(Math.min(inChannels, outChannels), groups) < 1
                || inChannels % groups != 0
                || outChannels % groups != 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Convolution: %d -> %d channels in %d groups;"
                                    + " all must be 1 or more, and groups must divide both",
                            inChannels,
                            outChannels,
                            groups));
        }
        long image = Math.max(inChannels * window.padded(), (long) outChannels * window.outputs());
        long weights = outChannels * (inChannels / groups * (long) window.taps());
        if (Math.max(image, weights) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Convolution: %d -> %d channels have %d elements, padding included,"
                                    + " and %d weights; an array holds at most %d",
                            inChannels,
                            outChannels,
                            image,
                            weights,
                            Integer.MAX_VALUE));
        }
    }

    /** Returns the input channels of one group. */
    public int groupIn() {
        return inChannels / groups;
    }

    /** Returns the output channels of one group. */
    public int groupOut() {
        return outChannels / groups;
    }

    /** Returns the length of the sums: the weights of one output channel. */
    public int depth() {
        return groupIn() * window.taps();
    }
}
