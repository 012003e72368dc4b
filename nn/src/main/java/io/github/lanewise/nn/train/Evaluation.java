package io.github.lanewise.nn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How a model does on a dataset.
 *
 * @param loss mean loss over what counts, whatever the reduction of the loss: ignored labels do not
 *     enter it, class weights do
 * @param accuracy share of predictions that are right: of labels those that have the highest
 *     output, of yes and no those on the right side; each counts as its sample's weight; NaN where
 *     the loss knows no right and wrong
 * @param samples number of samples
 * @param metrics the trainer's metrics by name, in its order
 */
public record Evaluation(
        double loss, double accuracy, int samples, SequencedMap<String, Double> metrics) {

    /** Copies the metrics. */
    public Evaluation {
        metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }

    /** Makes one without metrics. */
    public Evaluation(double loss, double accuracy, int samples) {
        this(loss, accuracy, samples, new LinkedHashMap<>(Map.of()));
    }

    /**
     * Returns a measure by name: {@code loss}, {@code accuracy} or that of a metric.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public double metric(String name) {
        return Measures.of(this).get(name);
    }
}
