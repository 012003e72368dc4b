/**
 * Measures of predictions, in double precision, with scikit-learn's definitions: see {@link
 * io.github.lanewise.nn.metrics.ClassificationReport} for a start.
 */
package io.github.lanewise.nn.metrics;
