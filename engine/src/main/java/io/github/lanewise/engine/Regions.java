package io.github.lanewise.engine;

import java.util.Locale;

/**
 * The parts of one side of an image over which average pooling takes its means: output o covers
 * elements [from(o), to(o)) and counts as {@code divisor(o)}.
 */
public final class Regions {

    private final int size;
    private final int[] from;
    private final int[] to;
    private final int[] divisors;

    private Regions(int size, int out) {
        this.size = size;
        from = new int[out];
        to = new int[out];
        divisors = new int[out];
    }

    /**
     * Returns the regions of a sliding window.
     *
     * @param axis how it slides; its dilation must be 1
     * @param countPadding whether the padding counts in the divisor, up to {@code padding} elements
     *     behind the image
     * @throws IllegalArgumentException if the axis is dilated, or a window sees padding alone
     */
    public static Regions of(Axis axis, boolean countPadding) {
        if (axis.dilation() != 1) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Regions: dilation is %d; averages take 1",
                            axis.dilation()));
        }
        Regions regions = new Regions(axis.size(), axis.out());
        for (int o = 0; o < axis.out(); o++) {
            int first = axis.position(o, 0);
            int end = Math.min(first + axis.kernel(), axis.size() + axis.padding());
            int inside = Math.min(end, axis.size());
            regions.set(o, Math.max(first, 0), inside, countPadding ? end - first : 0);
        }
        return regions;
    }

    /**
     * Returns {@code out} regions of nearly equal length that cover all elements: region o begins
     * at o size / out rounded down and ends at (o + 1) size / out rounded up, as PyTorch's do.
     */
    public static Regions adaptive(int size, int out) {
        Regions regions = new Regions(size, out);
        for (int o = 0; o < out; o++) {
            int begin = (int) ((long) o * size / out);
            int end = (int) Math.ceilDiv((o + 1L) * size, out);
            regions.set(o, begin, end, 0);
        }
        return regions;
    }

    private void set(int o, int begin, int end, int count) {
        if (begin >= end) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Regions: output %d sees padding alone; make the padding smaller",
                            o));
        }
        from[o] = begin;
        to[o] = end;
        divisors[o] = count == 0 ? end - begin : count;
    }

    /** Returns the elements of the side. */
    public int size() {
        return size;
    }

    /** Returns how many outputs there are. */
    public int out() {
        return from.length;
    }

    /** Returns the first element of a region. */
    public int from(int o) {
        return from[o];
    }

    /** Returns the element behind the last of a region. */
    public int to(int o) {
        return to[o];
    }

    /** Returns what the sum of a region is divided by. */
    public int divisor(int o) {
        return divisors[o];
    }
}
