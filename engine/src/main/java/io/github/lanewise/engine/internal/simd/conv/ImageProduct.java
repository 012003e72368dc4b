package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;

/** The convolution of an image and the gradient of it, a group of channels at a time. */
interface ImageProduct {

    /** Prepares for the convolution of so many images. */
    default void prepare(Convolution shape, Matrix weight, int count) {}

    /** Convolves a group of an image, having prepared for it. */
    void convolve(Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int i);

    /** Takes the gradient of a group of an image. */
    void inputGradient(Convolution shape, int group, Matrix dy, Matrix weight, Matrix dx, int i);
}
