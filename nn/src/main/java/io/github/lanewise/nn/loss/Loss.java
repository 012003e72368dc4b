package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

/** What training makes small: one number for the predictions of a batch and their targets. */
public interface Loss {

    /**
     * Makes a pass over batches of predictions.
     *
     * @param predictions shape of a sample's prediction
     * @param workspace hands out the buffers; says the batch size and whether gradients are wanted
     * @throws IllegalArgumentException if the loss cannot take such predictions
     */
    LossPass bind(Shape predictions, Workspace workspace);
}
