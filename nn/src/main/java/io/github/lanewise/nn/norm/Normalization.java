package io.github.lanewise.nn.norm;

import io.github.lanewise.nn.Layer;

/** What the normalizations check alike. */
final class Normalization {

    private Normalization() {}

    /** Checks what is added to a variance, and returns it. */
    static float requireEps(Layer layer, float number) {
        if (!(number >= 0 && number < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: eps is %s; it must be 0 or more, and finite".formatted(layer, number));
        }
        return number;
    }
}
