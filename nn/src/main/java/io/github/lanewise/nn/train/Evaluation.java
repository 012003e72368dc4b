package io.github.lanewise.nn.train;

/**
 * How a model does on a dataset.
 *
 * @param loss mean loss over the samples
 * @param accuracy share of samples whose highest output is that of their label; NaN where targets
 *     are not labels
 * @param samples number of samples
 */
public record Evaluation(double loss, double accuracy, int samples) {}
