/**
 * First values of parameters, and the seeded streams of random numbers that they and all else draw
 * from.
 *
 * <p>Read {@link io.github.lanewise.nn.init.Initializer} first.
 */
package io.github.lanewise.nn.init;
