package io.github.lanewise.nn.loss;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.List;

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

    /**
     * Makes a pass over batches of a model's several outputs, which lie side by side in a row. A
     * loss is for one output unless it says otherwise here, as {@link JointLoss} does.
     *
     * @param outputs shapes of a sample of each output, two or more
     * @throws IllegalArgumentException if the loss cannot take such outputs
     */
    default LossPass bind(List<Shape> outputs, Workspace workspace) {
        throw new IllegalArgumentException(
                ("%s: the model has %s outputs, %s, and the loss is for one; give each a loss, by"
                     + " JointLoss.of(model, ...), or join them to one output, by Value.concat or"
                     + " stack")
                        .formatted(getClass().getSimpleName(), outputs.size(), outputs));
    }
}
