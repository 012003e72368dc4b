package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.internal.FeatureMap;

/** Surrounds images with zeros. Negative numbers cut elements off. */
public final class ZeroPad2d extends PaddingLayer {

    /** Makes a layer that puts so many elements at each side. */
    public ZeroPad2d(int padding) {
        this(padding, padding, padding, padding);
    }

    /** Makes a layer that puts so many elements at the sides, in PyTorch's order. */
    public ZeroPad2d(int left, int right, int top, int bottom) {
        super(true, left, right, top, bottom);
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
