package io.github.lanewise.nn.train;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;

/**
 * What {@link Trainer#fit} did.
 *
 * @param epochs the epochs in order; the last may be cut short by {@link Progress#stop()}
 */
public record History(List<Epoch> epochs) {

    /** Copies the list. */
    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * Returns a measure of each epoch: {@code loss}, {@code accuracy}, the name of a metric, or one
     * of these with {@code val_} before it.
     *
     * @throws IllegalArgumentException if an epoch has none of this name
     */
    public double[] metric(String name) {
        return epochs.stream().mapToDouble(epoch -> epoch.metric(name)).toArray();
    }

    /** Returns all measures as comma-separated values: a line of names, then one for each epoch. */
    public String toCsv() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < epochs.size(); i++) {
            Epoch epoch = epochs.get(i);
            if (i == 0) {
                StringJoiner names = new StringJoiner(",");
                names.add("epoch").add("samples").add("seconds");
                epoch.measures().keySet().forEach(names::add);
                text.append(names).append('\n');
            }
            StringJoiner line = new StringJoiner(",");
            line.add(Integer.toString(i + 1)).add(Integer.toString(epoch.samples()));
            line.add(Double.toString(epoch.seconds()));
            epoch.measures().values().forEach(value -> line.add(Double.toString(value)));
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /**
     * One pass over the dataset.
     *
     * @param training loss, accuracy and metrics, each batch's before its step
     * @param seconds how long the steps took, validation and callbacks at its end not counted
     * @param validation how the model did afterwards on {@link Trainer#validation}, if there is one
     */
    public record Epoch(Evaluation training, double seconds, Optional<Evaluation> validation) {

        /** Returns the mean loss over what counts. */
        public double loss() {
            return training.loss();
        }

        /** Returns the share of right predictions; NaN where the loss knows none. */
        public double accuracy() {
            return training.accuracy();
        }

        /** Returns how many samples were seen. */
        public int samples() {
            return training.samples();
        }

        /**
         * Returns a measure by name, as {@link History#metric} does.
         *
         * @throws IllegalArgumentException if there is none of this name
         */
        public double metric(String name) {
            return Measures.of(training, validation.orElse(null)).get(name);
        }

        /** Returns all measures by name. */
        public SequencedMap<String, Double> measures() {
            return Measures.of(training, validation.orElse(null)).byName();
        }
    }
}
