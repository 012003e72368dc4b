package io.github.lanewise.nn;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

import java.util.Arrays;

/**
 * One direction of one recurrent layer: one product of all inputs with their weights, then for each
 * step one of the hidden states, and the gates.
 */
abstract class Direction {

    final DirectionPlan plan;
    final Kernels kernels;
    private final Matrix inputWeight;
    private final Matrix hiddenWeight;
    private final Matrix hiddenBefore;
    private final Matrix initialGradient;

    Direction(DirectionPlan plan) {
        this.plan = plan;
        kernels = plan.workspace().kernels();
        inputWeight = plan.weights().input().value();
        hiddenWeight = plan.weights().hidden().value();
        hiddenBefore = plan.before(plan.hidden());
        initialGradient = plan.dHidden() == null ? null : plan.initial(plan.dHidden());
    }

    /** Returns where the sums over the inputs go: steps slots x (gates x units). */
    abstract Matrix sums();

    /** Returns their gradients. */
    abstract Matrix dSums();

    /** Returns the gradients of the sums over hidden units; the same where sums are just added. */
    Matrix dHiddenSums() {
        return dSums();
    }

    /** Returns the bias of the sums over the inputs, after taking in the parameters' values. */
    abstract Epilogue inputBias();

    /** Computes step s in the order of reading, the sums over the inputs being there. */
    abstract void forwardStep(int s);

    /** Computes the gradients of step s's sums from those of its hidden states. */
    abstract void backwardStep(int s);

    /** Prepares for {@link #backwardStep}. */
    void beginBackward() {}

    /** Computes all hidden states from time-major inputs. */
    final void forward(Matrix inputs) {
        kernels.gemm(Transpose.NN, inputs, inputWeight, 0, sums(), inputBias());
        for (int s = 0; s < plan.steps(); s++) {
            forwardStep(s);
        }
    }

    /**
     * Goes back through all steps.
     *
     * @param inputs of the forward call
     * @param beta 0 to overwrite dInputs, 1 to add to them
     * @param dInputs receives the gradient with respect to the inputs; null if not wanted
     */
    final void backward(Matrix inputs, float beta, Matrix dInputs) {
        clear(initialGradient);
        beginBackward();
        for (int s = plan.steps() - 1; s >= 0; s--) {
            backwardStep(s);
        }
        add(plan.weights().input(), inputs, dSums());
        add(plan.weights().hidden(), hiddenBefore, dHiddenSums());
        addSums(plan.weights().inputBias(), dSums());
        addSums(plan.weights().hiddenBias(), dHiddenSums());
        if (dInputs != null) {
            kernels.gemm(Transpose.NT, dSums(), inputWeight, beta, dInputs, Epilogue.NONE);
        }
    }

    private void add(Parameter weight, Matrix inputs, Matrix dSums) {
        kernels.gemm(
                Transpose.TN, inputs, dSums, weight.nextBeta(), weight.gradient(), Epilogue.NONE);
    }

    private void addSums(Parameter bias, Matrix dSums) {
        kernels.columnSums(dSums, bias.nextBeta(), bias.gradient());
    }

    /** Multiplies hidden states by their weights. */
    final void multiplyHidden(Matrix hidden, float beta, Matrix sums, Epilogue bias) {
        kernels.gemm(Transpose.NN, hidden, hiddenWeight, beta, sums, bias);
    }

    /** Adds to the gradient of hidden states what comes back through their weights. */
    final void multiplyHiddenBack(Matrix dSums, Matrix dHidden) {
        kernels.gemm(Transpose.NT, dSums, hiddenWeight, 1, dHidden, Epilogue.NONE);
    }

    /** Returns the memory of cells that have one beside their hidden states, in slots. */
    Matrix memory() {
        throw noMemory();
    }

    /** Returns the gradient of the last memory, zeros until somebody writes into it. */
    Matrix lastMemoryGradient() {
        throw noMemory();
    }

    /** Returns the gradient of the initial memory, there after backward. */
    Matrix initialMemoryGradient() {
        throw noMemory();
    }

    private static IllegalStateException noMemory() {
        return new IllegalStateException(
                "memory: the layer has only hidden states; only an LSTM has a memory");
    }

    /** Sets all elements to 0. */
    static void clear(Matrix x) {
        for (int i = 0; i < x.rows(); i++) {
            int at = x.offset() + i * x.ld();
            Arrays.fill(x.data(), at, at + x.cols(), 0f);
        }
    }
}
