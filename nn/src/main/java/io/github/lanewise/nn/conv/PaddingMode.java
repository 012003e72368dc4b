package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.internal.FeatureMap;

/** Which elements stand outside a side. */
enum PaddingMode {
    ZERO,
    CONSTANT,
    REFLECTION,
    REPLICATION,
    CIRCULAR;

    /**
     * Returns which element stands at a position outside a side.
     *
     * @param position below 0, or from size on
     * @return 0 to size - 1, or {@link FeatureMap#ZERO}
     */
    int outside(int position, int size) {
        boolean before = position < 0;
        return switch (this) {
            case ZERO, CONSTANT -> FeatureMap.ZERO;
            case REFLECTION -> before ? -position : 2 * (size - 1) - position;
            case REPLICATION -> before ? 0 : size - 1;
            case CIRCULAR -> before ? position + size : position - size;
        };
    }

    /** Returns how many elements a side of this size can get at either end. */
    int most(int size) {
        return switch (this) {
            case ZERO, CONSTANT, REPLICATION -> Integer.MAX_VALUE;
            case REFLECTION -> size - 1;
            case CIRCULAR -> size;
        };
    }
}
