package io.github.lanewise.serve;

import java.util.List;

/** A model that a service answers for; thread-safe. */
public interface ServedModel {

    /** Returns the name, which is a part of addresses: letters, digits, dots, dashes. */
    String name();

    /** Returns the version, which is a part of addresses. */
    String version();

    /** Returns the kind of model, such as {@code lanewise_table}. */
    String platform();

    /** Returns what it takes, in order. */
    List<TensorSpec> inputs();

    /** Returns what it gives, in order. */
    List<TensorSpec> outputs();

    /** Returns whether null stands for a missing value. */
    boolean takesNull();

    /**
     * Returns the value that a cell of a CSV text stands for; by default the text.
     *
     * @param input place in {@link #inputs()}
     * @throws IllegalArgumentException if it is none that the model takes; the client is shown the
     *     message
     */
    default Object csvValue(int input, String text) {
        return text;
    }

    /**
     * Computes the outputs.
     *
     * @param rows how many
     * @param inputs in the order of {@link #inputs()}, of that many rows and the right widths
     * @param observer is told of what was seen
     * @return the outputs, in the order of {@link #outputs()}
     * @throws IllegalArgumentException if a value is none that the model takes; the client is shown
     *     the message
     */
    List<Tensor> infer(int rows, List<Tensor> inputs, Observer observer);

    /** Is told of what a model saw, for metrics. */
    interface Observer {

        /** Counts missing values of an input. */
        void missing(String input, long count);

        /** Counts values of an input that training has not seen. */
        void unknown(String input, long count);

        /** Counts a predicted class. */
        void predicted(String label);
    }
}
