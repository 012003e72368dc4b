/**
 * Convolutions by Winograd's algorithm: tiles of an image go to points, are multiplied there, and
 * come back. Read {@code WinogradConvolution} first.
 */
package io.github.lanewise.engine.internal.simd.winograd;
