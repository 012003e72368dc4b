package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

/**
 * Powers, their means by another pass, and the roots of the sums: plain loops on the caller's
 * thread. Powers other than 1 and 2 make a small object each, within {@link StrictMath}.
 */
final class LPPoolPass implements Pass {

    private final LPPool layer;
    private final Pass means;
    private final double p;
    private final int count;
    private final boolean training;
    private final Matrix powers;
    private final Matrix outputs;
    private final Matrix meanGradient;
    private final Matrix inputGradient;
    private Matrix inputs;
    private Matrix mean;

    LPPoolPass(LPPool layer, Pass means, float p, int count, Shape input, Workspace workspace) {
        Shape output = layer.outputShape(input);
        this.layer = layer;
        this.means = means;
        this.p = p;
        this.count = count;
        training = workspace.training();
        powers = workspace.buffer(input);
        outputs = workspace.buffer(output);
        inputGradient = workspace.inputGradientBuffer(input);
        meanGradient = inputGradient == null ? null : workspace.buffer(output);
    }

    @Override
    public Matrix forward(Matrix x) {
        inputs = x;
        for (int i = 0; i < x.size(); i++) {
            powers.data()[i] = (float) power(x.data()[at(x, i)], p);
        }
        mean = means.forward(powers);
        for (int i = 0; i < outputs.size(); i++) {
            outputs.data()[i] = (float) root(count * (double) mean.data()[at(mean, i)]);
        }
        return outputs;
    }

    /** With y = (count m)^(1/p), dy/dm = y / (p m). */
    @Override
    public Matrix backward(Matrix dy) {
        Passes.requireForward(layer, training, inputs);
        if (inputGradient == null) {
            return null;
        }
        for (int i = 0; i < outputs.size(); i++) {
            double m = mean.data()[at(mean, i)];
            double slope = m == 0 ? 0 : outputs.data()[i] / (p * m);
            meanGradient.data()[i] = (float) (dy.data()[at(dy, i)] * slope);
        }
        Matrix dPowers = means.backward(meanGradient);
        for (int i = 0; i < inputGradient.size(); i++) {
            double x = inputs.data()[at(inputs, i)];
            double d = dPowers.data()[at(dPowers, i)];
            inputGradient.data()[i] = d == 0 ? 0 : (float) (d * p * power(x, p - 1));
        }
        return inputGradient;
    }

    private static int at(Matrix x, int i) {
        return x.offset() + i / x.cols() * x.ld() + i % x.cols();
    }

    private static double power(double x, double exponent) {
        if (exponent == 1) {
            return x;
        }
        return exponent == 2 ? x * x : StrictMath.pow(x, exponent);
    }

    private double root(double sum) {
        return p == 2 ? Math.sqrt(sum) : power(sum, 1 / p);
    }
}
