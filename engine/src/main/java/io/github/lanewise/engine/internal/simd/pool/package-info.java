/** Maximum and average pooling. Read {@code SimdPools} first. */
package io.github.lanewise.engine.internal.simd.pool;
