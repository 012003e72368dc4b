package io.github.lanewise.tabular;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;

/**
 * First values of the linear layers from data, layer after layer (Holzmueller et al., 2024).
 *
 * <p>Each column of a weight is drawn from a normal distribution and scaled so that its outputs
 * have the standard deviation 1 over the rows. Each bias puts the bend of the activation among the
 * outputs: it is minus a mean of five of them, with random rows and weights (the He+5 of Steinwart,
 * 2019).
 */
final class DataInitialization {

    private static final int CORNERS = 5;

    private DataInitialization() {}

    /** Sets weights and biases; rows are samples as the network takes them. */
    static void apply(RealMlp network, Matrix rows, long seed) {
        RandomStream random = new RandomStream(seed).stream("initialization");
        int batch = rows.rows();
        Matrix inputs =
                network.front()
                        .bind(network.inputShape(), Workspace.inference(batch))
                        .forward(rows);
        for (int i = 0; i < network.linears().size(); i++) {
            Linear linear = network.linears().get(i);
            Matrix outputs = Matrix.zeros(batch, linear.bias().size());
            weights(linear, inputs, outputs, random.stream("weight").stream(i));
            biases(linear, outputs, random.stream("bias").stream(i));
            if (i < network.activations().size()) {
                inputs =
                        network.activations()
                                .get(i)
                                .bind(new Shape(outputs.cols()), Workspace.inference(batch))
                                .forward(outputs);
            }
        }
    }

    private static void weights(Linear linear, Matrix inputs, Matrix outputs, RandomStream random) {
        Matrix weight = linear.weight().value();
        double scale = 1 / Math.sqrt(weight.rows());
        for (int i = 0; i < weight.size(); i++) {
            weight.data()[weight.offset() + i] = (float) (scale * random.gaussian());
        }
        Engine.kernels().gemm(Transpose.NN, inputs, weight, 0, outputs, Epilogue.NONE);
        for (int j = 0; j < outputs.cols(); j++) {
            double deviation = deviation(outputs, j);
            if (deviation > 0) {
                divide(weight, j, deviation);
                divide(outputs, j, deviation);
            }
        }
    }

    private static double deviation(Matrix matrix, int j) {
        double sum = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            sum += matrix.at(i, j);
        }
        double mean = sum / matrix.rows();
        double squares = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            double d = matrix.at(i, j) - mean;
            squares += d * d;
        }
        return Math.sqrt(squares / matrix.rows());
    }

    private static void divide(Matrix matrix, int j, double divisor) {
        for (int i = 0; i < matrix.rows(); i++) {
            int at = matrix.offset() + i * matrix.ld() + j;
            matrix.data()[at] = (float) (matrix.data()[at] / divisor);
        }
    }

    private static void biases(Linear linear, Matrix outputs, RandomStream random) {
        Matrix bias = linear.bias().value();
        for (int j = 0; j < outputs.cols(); j++) {
            double sum = 0;
            double weights = 0;
            for (int c = 0; c < CORNERS; c++) {
                double weight = -StrictMath.log(1 - random.uniform());
                sum += weight * outputs.at(random.nextInt(outputs.rows()), j);
                weights += weight;
            }
            float value = (float) (weights == 0 ? 0 : -sum / weights);
            bias.data()[bias.offset() + j] = value;
            for (int i = 0; i < outputs.rows(); i++) {
                outputs.data()[outputs.offset() + i * outputs.ld() + j] += value;
            }
        }
    }
}
