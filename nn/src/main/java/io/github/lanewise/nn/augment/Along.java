package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;

import java.util.Arrays;

/**
 * A sample seen along one of its dimensions: {@code outer} times {@code length} positions of {@code
 * inner} values each.
 */
record Along(int outer, int length, int inner) {

    static Along of(Shape shape, int axis) {
        int outer = 1;
        int inner = 1;
        for (int i = 0; i < axis; i++) {
            outer *= shape.dimension(i);
        }
        for (int i = axis + 1; i < shape.rank(); i++) {
            inner *= shape.dimension(i);
        }
        return new Along(outer, shape.dimension(axis), inner);
    }

    /** Copies a position. */
    void copy(float[] from, int position, float[] to, int place) {
        for (int o = 0; o < outer; o++) {
            System.arraycopy(from, at(o, position), to, at(o, place), inner);
        }
    }

    /** Fills a position. */
    void fill(float[] to, int place, float value) {
        for (int o = 0; o < outer; o++) {
            Arrays.fill(to, at(o, place), at(o, place) + inner, value);
        }
    }

    int at(int o, int position) {
        return (o * length + position) * inner;
    }
}
