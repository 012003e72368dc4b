/** Optimizer updates, each one pass over memory. Read {@code SimdUpdates} first. */
package io.github.lanewise.engine.internal.simd.update;
