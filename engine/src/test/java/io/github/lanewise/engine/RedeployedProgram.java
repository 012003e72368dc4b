package io.github.lanewise.engine;

import java.util.Arrays;

/** What {@link RedeploymentTest} loads anew: a program that uses kernels of many kinds. */
public final class RedeployedProgram implements Runnable {

    private static final int SIZE = 256;

    /** Makes it; called by reflection. */
    public RedeployedProgram() {}

    @Override
    public void run() {
        Kernels kernels = Engine.kernels();
        Matrix a = filled(SIZE, SIZE);
        Matrix b = filled(SIZE, SIZE);
        Matrix c = filled(SIZE, SIZE);
        Axis axis = Axis.of(16, 3, 1, 1, 1);
        Convolution shape = new Convolution(1, 1, 1, new Window(axis, axis));
        for (int call = 0; call < 20; call++) {
            kernels.gemm(Transpose.NN, a, b, 0, c, Epilogue.NONE);
            kernels.activate(Activation.RELU, c, b);
            kernels.softmax(c, b);
            kernels.sum(b);
            kernels.windows().convolve(shape, a, filled(1, 9), c, Epilogue.NONE);
            Engine.singleThreadKernels().gemm(Transpose.NT, a, b, 0, c, Epilogue.NONE);
        }
    }

    private static Matrix filled(int rows, int cols) {
        Matrix x = Matrix.zeros(rows, cols);
        Arrays.fill(x.data(), 0.5f);
        return x;
    }
}
