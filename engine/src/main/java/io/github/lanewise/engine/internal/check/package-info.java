/**
 * The only place that validates: shapes, overlap, labels. What lies below trusts its operands. Read
 * {@link io.github.lanewise.engine.internal.check.CheckedKernels} first.
 */
package io.github.lanewise.engine.internal.check;
