/**
 * Convolutions and pools over images and series; an image is a row of channels x height x width.
 *
 * <p>Read {@link io.github.lanewise.nn.conv.Conv2d} first.
 */
package io.github.lanewise.nn.conv;
