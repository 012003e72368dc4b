/**
 * Begins with the fallback and goes over to SIMD, family by family, as soon as compilation probes
 * find its kernels compiled. Read {@link io.github.lanewise.engine.internal.warmup.WarmUp} first,
 * then {@code CompilationProbe}.
 */
package io.github.lanewise.engine.internal.warmup;
