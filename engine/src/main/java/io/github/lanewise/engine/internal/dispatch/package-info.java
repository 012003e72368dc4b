/**
 * Each operation in one place: checks its arguments, cuts it into parts that do not depend on each
 * other, and has a team of threads run them; knows no arithmetic. Read {@link
 * io.github.lanewise.engine.internal.dispatch.KernelDispatch} first, then {@code Call} and {@code
 * Dispatch}.
 */
package io.github.lanewise.engine.internal.dispatch;
