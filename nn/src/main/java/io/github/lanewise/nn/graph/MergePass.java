package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;

/**
 * A {@link Merge} bound to a batch size. Who owns which matrix, and how long it holds, is as for
 * {@link io.github.lanewise.nn.Pass}; the arrays are only read by who is given them, too. For one
 * thread at a time.
 */
public interface MergePass {

    /**
     * Computes the outputs.
     *
     * @param inputs of each input, batch x features
     * @return batch x features of the output shape
     */
    Matrix forward(Matrix[] inputs);

    /**
     * Backpropagates through the last forward call: adds to the parameters' gradients and returns
     * the gradient with respect to each input.
     *
     * @param outputGradient gradient with respect to the outputs, of their shape; an element of the
     *     result may be this very matrix or a window onto it
     * @return in order of the inputs; nobody looks at its elements if the workspace said that the
     *     input gradient is not wanted
     * @throws IllegalStateException if no forward call came before, or the pass is for inference
     */
    Matrix[] backward(Matrix outputGradient);
}
