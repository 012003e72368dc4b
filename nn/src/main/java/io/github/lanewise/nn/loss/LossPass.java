package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.data.Targets;

/**
 * A loss bound to a batch size; owns its buffers as a {@link Pass} does. For one thread at a time.
 */
public interface LossPass {

    /**
     * Computes the loss, a mean over the batch.
     *
     * @param predictions batch x features
     * @param targets what they should be, one for each row
     * @throws IllegalArgumentException if the targets are of the wrong kind or number
     */
    float forward(Matrix predictions, Targets targets);

    /**
     * Returns the gradient of the last loss with respect to the predictions, of their shape.
     *
     * @throws IllegalStateException if no forward call came before, or the pass is for inference
     */
    Matrix backward();
}
