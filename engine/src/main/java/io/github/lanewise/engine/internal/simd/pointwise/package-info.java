/**
 * Operations on each element alone: activations, dropout, arithmetic, conversion of bytes, and the
 * gates of recurrent cells. Read {@code SimdPointwise} first.
 */
package io.github.lanewise.engine.internal.simd.pointwise;
