/**
 * Kernels on {@code float[]}: matrix products, convolutions, pointwise functions, operations on
 * rows and channels, recurrent steps, losses and optimizer updates.
 *
 * <p>Read first {@link io.github.lanewise.engine.Engine}, which hands out the kernels of this JVM
 * and tells which they are; then {@link io.github.lanewise.engine.Matrix}, a window onto an array;
 * then {@link io.github.lanewise.engine.Kernels}, whose methods define every result: formula,
 * shapes, aliasing, NaN and order of summation. It hands out one interface for each further family:
 * {@link io.github.lanewise.engine.Windows} (convolutions and pooling), {@link
 * io.github.lanewise.engine.Normalizations} (of rows), {@link
 * io.github.lanewise.engine.ChannelNormalizations}, {@link io.github.lanewise.engine.Sequences}
 * (recurrent layers and batched products), {@link io.github.lanewise.engine.Losses} and {@link
 * io.github.lanewise.engine.Restraints} (clipping, penalties and constraints). The other types are
 * the small values that these take.
 *
 * <pre>{@code
 * Kernels kernels = Engine.kernels();
 * Matrix y = Matrix.zeros(64, 10);
 * kernels.gemm(Transpose.NN, x, weight, 0, y, Epilogue.bias(bias)); // y = x weight + bias
 * }</pre>
 *
 * <p>The same call returns the same bits on every machine, for every vector width and number of
 * threads. Arguments are checked, and a wrong one is named in an {@link IllegalArgumentException};
 * nothing is allocated once a thread has made its first calls.
 */
package io.github.lanewise.engine;
