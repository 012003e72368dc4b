/**
 * A team of threads that runs the parts of a job. Read {@link
 * io.github.lanewise.engine.internal.parallel.Team} first.
 */
package io.github.lanewise.engine.internal.parallel;
