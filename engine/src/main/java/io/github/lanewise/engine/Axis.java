package io.github.lanewise.engine;

import java.util.Locale;

/**
 * How a window slides along one side of an image: output o sees elements {@code o * stride + tap *
 * dilation - padding} for tap = 0, ..., kernel - 1. Positions outside [0, size) are padding.
 *
 * @param size elements of the image along this side
 * @param kernel taps of the window
 * @param stride elements from one output's window to the next
 * @param padding elements before the image that windows may see
 * @param dilation elements from one tap to the next
 * @param out outputs along this side; those whose windows reach beyond the image see padding
 */
public record Axis(int size, int kernel, int stride, int padding, int dilation, int out) {

    /** The most elements, padding included, of one side: sums of two positions fit an int. */
    public static final int LONGEST = 1 << 30;

    /** Checks that only the padding may be 0, and that no position is beyond {@link #LONGEST}. */
    public Axis {
        if (Math.min(Math.min(size, kernel), Math.min(Math.min(stride, dilation), out)) < 1
                || padding < 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Axis: size %d, kernel %d, stride %d, padding %d, dilation %d, out %d;"
                                    + " padding must be 0 or more, the others 1 or more",
                            size,
                            kernel,
                            stride,
                            padding,
                            dilation,
                            out));
        }
        long reach = (out - 1L) * stride + (kernel - 1L) * dilation + 1;
        long longest = Math.max(Math.max(size + 2L * padding, reach), stride);
        if (longest > LONGEST) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Axis: size %d, kernel %d, stride %d, padding %d, dilation %d, out %d"
                                    + " reach over %d elements; at most %d are possible",
                            size,
                            kernel,
                            stride,
                            padding,
                            dilation,
                            out,
                            longest,
                            LONGEST));
        }
    }

    /**
     * Makes an axis with all outputs whose windows fit between the paddings: out = (size + 2
     * padding - dilation (kernel - 1) - 1) / stride + 1, rounded down.
     *
     * @throws IllegalArgumentException if none fits
     */
    public static Axis of(int size, int kernel, int stride, int padding, int dilation) {
        long room = size + 2L * padding - dilation * (kernel - 1L) - 1;
        long out = Math.floorDiv(room, Math.max(1, stride)) + 1;
        return new Axis(
                size,
                kernel,
                stride,
                padding,
                dilation,
                Math.clamp(out, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** Returns the element that an output sees at a tap; outside [0, size) it is padding. */
    public int position(int o, int tap) {
        return o * stride + tap * dilation - padding;
    }

    /** Returns the first output that does not see the padding before the image at a tap. */
    public int firstInside(int tap) {
        return Math.clamp(Math.ceilDiv(padding - tap * dilation, stride), 0, out);
    }

    /** Returns the first output from which on a tap sees the padding behind the image. */
    public int endInside(int tap) {
        int end = Math.ceilDiv(size + padding - tap * dilation, stride);
        return Math.clamp(end, firstInside(tap), out);
    }

    /** Returns the elements from the first to the last that any output sees. */
    public int extent() {
        return (out - 1) * stride + (kernel - 1) * dilation + 1;
    }
}
