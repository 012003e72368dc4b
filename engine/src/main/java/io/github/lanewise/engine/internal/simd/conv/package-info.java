/**
 * Direct convolutions and their gradients. Read {@code ConvolutionProduct} first, then {@code
 * PaddedImage}, in which each tap of a window finds its elements, and {@code Col2Im}, the gradient
 * of the image.
 */
package io.github.lanewise.engine.internal.simd.conv;
