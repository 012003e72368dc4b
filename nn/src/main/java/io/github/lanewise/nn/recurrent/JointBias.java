package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

/** The sum of the two biases of cells that just add them; nothing where there are none. */
final class JointBias {

    private final RecurrentWeights weights;
    private final Matrix sum;
    private final Epilogue epilogue;

    JointBias(RecurrentWeights weights, int cols) {
        this.weights = weights;
        sum = Matrix.zeros(1, cols);
        epilogue = weights.inputBias() == null ? Epilogue.NONE : Epilogue.bias(sum);
    }

    /** Takes in the parameters' values. */
    Epilogue update(Kernels kernels) {
        if (weights.inputBias() != null) {
            kernels.activate(Activation.IDENTITY, weights.inputBias().value(), sum);
            kernels.axpy(1, weights.hiddenBias().value(), sum);
        }
        return epilogue;
    }
}
