/**
 * The reference: plain loops that define every bit. Read {@code ScalarProducts} first; every other
 * set returns what this one returns.
 */
package io.github.lanewise.engine.internal.scalar;
