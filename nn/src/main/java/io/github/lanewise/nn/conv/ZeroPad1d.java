package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.internal.FeatureMap;

/** Surrounds sequences with zeros. Negative numbers cut elements off. */
public final class ZeroPad1d extends PaddingLayer {

    /** Makes a layer that puts so many elements at either end. */
    public ZeroPad1d(int padding) {
        this(padding, padding);
    }

    /** Makes a layer that puts so many elements at the ends. */
    public ZeroPad1d(int left, int right) {
        super(false, left, right, 0, 0);
    }

    @Override
    int outside(int position, int size) {
        return FeatureMap.ZERO;
    }

    @Override
    int most(int size) {
        return Integer.MAX_VALUE;
    }
}
