package io.github.lanewise.engine;

/**
 * How class labels or probabilities become the weights of a cross-entropy: see {@link
 * Losses#classTargets}.
 *
 * @param labelSmoothing share of each target that is spread evenly over all classes, 0 to 1
 * @param classWeights 1 x classes, or null for 1
 * @param ignoreIndex the label of samples that do not count
 */
public record ClassTargets(float labelSmoothing, Matrix classWeights, int ignoreIndex) {}
