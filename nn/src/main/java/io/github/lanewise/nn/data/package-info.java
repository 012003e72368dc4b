/**
 * Samples and their targets, and how they are gathered into batches.
 *
 * <p>Read {@link io.github.lanewise.nn.data.Dataset} first, then {@link
 * io.github.lanewise.nn.data.Targets}.
 */
package io.github.lanewise.nn.data;
