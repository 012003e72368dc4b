/**
 * Networks of layers: {@link io.github.lanewise.nn.graph.Sequential} for a row of them, {@link
 * io.github.lanewise.nn.graph.Residual} and {@link io.github.lanewise.nn.graph.Concat} for
 * branches, and {@link io.github.lanewise.nn.graph.Model} for any wiring without cycles, from a
 * {@link io.github.lanewise.nn.graph.Value} to the next.
 *
 * <p>Read {@code Sequential} first. All four are a graph inside, which one plan binds.
 */
package io.github.lanewise.nn.graph;
