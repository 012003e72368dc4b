package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/**
 * A layer bound to a batch size: its computation, forward and backward, and its buffers.
 *
 * <p>Matrices are batch x features. A returned matrix belongs to the pass and holds until the next
 * call of the same method; arguments are read, never written, and the inputs must stay as they are
 * until the backward call. Nothing is allocated after the first step. For one thread at a time.
 */
public interface Pass {

    /**
     * Computes the outputs.
     *
     * @param inputs batch x features of the bound input shape
     * @return batch x features of the output shape
     */
    Matrix forward(Matrix inputs);

    /**
     * Backpropagates through the last forward call: adds to the parameters' gradients and returns
     * the gradient with respect to the inputs.
     *
     * @param outputGradient gradient with respect to the outputs, of their shape
     * @return of the inputs' shape; null if the workspace said that it is not wanted
     * @throws IllegalStateException if no forward call came before, or the pass is for inference
     */
    Matrix backward(Matrix outputGradient);
}
