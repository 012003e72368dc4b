/**
 * The fallback: the reference, but products and gradient descent in loops that C2 turns into
 * vectors by itself. It serves until SIMD is compiled.
 */
package io.github.lanewise.engine.internal.plain;
