package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * How a window slides along one side of an image of any size.
 *
 * @param kernel taps of the window
 * @param stride elements from one window to the next
 * @param padding elements of padding at the beginning, if {@code fit} is GIVEN
 * @param endPadding elements of padding at the end, if {@code fit} is GIVEN
 * @param fit who says how much padding there is
 * @param dilation elements from one tap to the next
 */
record Side(int kernel, int stride, int padding, int endPadding, Fit fit, int dilation) {

    /** Who says how much padding there is. */
    enum Fit {
        /** The numbers. */
        GIVEN,
        /** There are as many outputs as elements; an odd element of padding stands at the end. */
        SAME,
        /** There are as many outputs as elements, and none sees an element behind its own. */
        CAUSAL
    }

    /** A window of one tap, for images without this side. */
    static final Side SINGLE = new Side(1, 1, 0, 0, Fit.GIVEN, 1);

    Side {
        if (kernel < 1 || stride < 1 || Math.min(padding, endPadding) < 0 || dilation < 1) {
            throw new IllegalArgumentException(
                    ("window: kernel %s, stride %s, padding %s, dilation %s;"
                                    + " padding must be 0 or more, the others 1 or more")
                            .formatted(kernel, stride, padding, dilation));
        }
    }

    static Side of(int kernel) {
        return new Side(kernel, 1, 0, 0, Fit.GIVEN, 1);
    }

    Side stride(int number) {
        return new Side(kernel, number, padding, endPadding, fit, dilation);
    }

    Side padding(int number) {
        return padding(number, number);
    }

    Side padding(int before, int after) {
        return new Side(kernel, stride, before, after, Fit.GIVEN, dilation);
    }

    Side fit(Fit other) {
        return new Side(kernel, stride, 0, 0, other, dilation);
    }

    Side dilation(int number) {
        return new Side(kernel, stride, padding, endPadding, fit, number);
    }

    /** Returns the elements from the first tap to the last. */
    private long span() {
        return dilation * (kernel - 1L) + 1;
    }

    /** Returns the elements of padding at the beginning. */
    long before() {
        return switch (fit) {
            case GIVEN -> padding;
            case SAME -> (span() - 1) / 2;
            case CAUSAL -> span() - 1;
        };
    }

    /** Returns the elements of padding at the end. */
    long after() {
        return switch (fit) {
            case GIVEN -> endPadding;
            case SAME -> span() - 1 - before();
            case CAUSAL -> 0;
        };
    }

    /** Returns whether a side of this size holds a window at least once. */
    boolean fits(int size) {
        return span() <= size + before() + after();
    }

    /** Checks that a side of this size of a layer's input holds a window at least once. */
    void requireFit(Layer layer, Shape input, int size) {
        if (fit == Fit.SAME && stride != 1) {
            throw new IllegalArgumentException(
                    "%s: same padding with stride %s; it goes with stride 1"
                            .formatted(layer, stride));
        }
        if (!fits(size)) {
            throw new IllegalArgumentException(
                    "%s: input is %s, smaller than the kernel; pad it, or take a smaller kernel"
                            .formatted(layer, input));
        }
    }

    /** Returns the windows on a side of this size, which {@link #fits}. */
    Axis axis(int size) {
        long room = size + before() + after();
        long out = (room - span()) / stride + 1;
        int step = stepOf(out, room);
        return new Axis(size, kernel, step, asInt(before()), dilation, asInt(out));
    }

    /**
     * Returns the stride, or where there is one output, and so no step, no longer one than needed:
     * buffers have places for each element of a step.
     */
    private int stepOf(long out, long room) {
        return out == 1 ? (int) Math.min(stride, Math.max(2, room)) : stride;
    }

    /** Returns a number, or if no int holds it one that {@link Axis} refuses. */
    private static int asInt(long number) {
        return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Returns whether {@link #roundedUp} has a window: it may be larger than the side. */
    boolean holdsOneRoundedUp(int size) {
        return Math.ceilDiv(size + 2L * padding - span(), stride) >= 0;
    }

    /**
     * Returns the windows on a side of this size, one that runs over its end included, if it begins
     * inside the image or the padding before it.
     */
    Axis roundedUp(int size) {
        int out = asInt(Math.ceilDiv(size + 2L * padding - span(), stride) + 1);
        if ((out - 1L) * stride >= size + (long) padding) {
            out--;
        }
        int step = stepOf(out, size + 2L * padding);
        return new Axis(size, kernel, step, padding, dilation, out);
    }

    /**
     * Returns the windows of the convolution of which the transposed one makes so many elements.
     */
    Axis transposed(int size, int outputPadding) {
        long out = (size - 1L) * stride - 2L * padding + span() + outputPadding;
        if (out < 1 || out > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the output would have %s elements along one side".formatted(out));
        }
        return new Axis((int) out, kernel, stepOf(size, out), padding, dilation, size);
    }

    /** Makes windows, and if there cannot be such windows, says for which layer and input. */
    static <T> T named(Layer layer, Shape input, Supplier<T> windows) {
        try {
            return windows.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: input is %s: %s; take less padding or a smaller kernel"
                            .formatted(layer, input, e.getMessage()),
                    e);
        }
    }

    /** Returns the padding as an option: a number, both ends, or a word. */
    Object paddingOption() {
        if (fit != Fit.GIVEN) {
            return fit.name().toLowerCase(Locale.ROOT);
        }
        return padding == endPadding ? (Object) padding : List.of(padding, endPadding);
    }

    /** Returns the padding for a layer's {@code toString}; nothing if there is none. */
    String paddingText() {
        if (fit != Fit.GIVEN) {
            return ", %s padding".formatted(paddingOption());
        }
        if (padding == endPadding) {
            return padding == 0 ? "" : ", padding %s".formatted(padding);
        }
        return ", padding %s and %s".formatted(padding, endPadding);
    }

    private static Object paddingOption(Side rows, Side cols) {
        if (rows.fit != Fit.GIVEN) {
            return rows.paddingOption();
        }
        boolean equal = rows.padding == rows.endPadding && cols.padding == cols.endPadding;
        return equal
                ? List.of(rows.padding, cols.padding)
                : List.of(rows.padding, rows.endPadding, cols.padding, cols.endPadding);
    }

    private static String paddingText(Side rows, Side cols) {
        if (rows.fit != Fit.GIVEN) {
            return rows.paddingText();
        }
        boolean equal = rows.padding == rows.endPadding && cols.padding == cols.endPadding;
        return equal
                ? text("padding", rows.padding, cols.padding, 0)
                : ", padding %s".formatted(paddingOption(rows, cols));
    }

    /** Returns the options of a window on one side, by PyTorch's names. */
    SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("kernelSize", kernel);
        all.put("stride", stride);
        all.put("padding", paddingOption());
        all.put("dilation", dilation);
        return all;
    }

    /** Returns the options of a window, each down and across, by PyTorch's names. */
    static SequencedMap<String, Object> options(Side rows, Side cols) {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("kernelSize", List.of(rows.kernel, cols.kernel));
        all.put("stride", List.of(rows.stride, cols.stride));
        all.put("padding", paddingOption(rows, cols));
        all.put("dilation", List.of(rows.dilation, cols.dilation));
        return all;
    }

    /** Returns a property of both sides as text, or nothing where both have the usual number. */
    static String text(String name, int rows, int cols, int usual) {
        return rows == usual && cols == usual ? "" : ", %s %sx%s".formatted(name, rows, cols);
    }

    /** Returns what two sides say, for a layer's {@code toString}. */
    static String text(Side rows, Side cols, int usualStride) {
        return "kernel %sx%s".formatted(rows.kernel, cols.kernel)
                + text("stride", rows.stride, cols.stride, usualStride)
                + paddingText(rows, cols)
                + text("dilation", rows.dilation, cols.dilation, 1);
    }
}
