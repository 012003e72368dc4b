package io.github.lanewise.engine;

/**
 * How {@link Normalizations} brings each row to a common size: over the features of a sample.
 *
 * @param centered whether the mean is subtracted first (Ba, Kiros and Hinton, "Layer
 *     normalization", 2016); if not, only the root mean square is divided by (Zhang and Sennrich,
 *     "Root mean square layer normalization", 2019)
 * @param eps added to the variance or mean square, so that a constant row does not divide by 0
 */
public record RowNorm(boolean centered, float eps) {}
