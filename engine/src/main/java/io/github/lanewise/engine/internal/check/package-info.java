/**
 * What the arguments of operations must be: shapes, overlap, labels. The operations of {@code
 * dispatch} ask here before anything else; what lies below trusts its operands. Read {@link
 * io.github.lanewise.engine.internal.check.Check} first.
 */
package io.github.lanewise.engine.internal.check;
