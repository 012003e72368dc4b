package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.internal.RowView;

import java.util.SequencedMap;

/**
 * A fully connected layer: outputs = inputs weight + bias.
 *
 * <p>Inputs are batch x in, weight is in x out (PyTorch's transposed), bias 1 x out, outputs batch
 * x out. An input of more dimensions, such as steps x in, is a row for each of its last: the weight
 * is the same for all, and outputs are steps x out. Backward: dWeight = inputs<sup>T</sup>
 * dOutputs, dBias = the column sums of dOutputs, dInputs = dOutputs weight<sup>T</sup>. Weight and
 * bias start from {@link Initializer#kaimingUniform}.
 */
public final class Linear implements Fusible {

    private final int in;
    private final int out;
    private final Options options = new Options();
    private final Param weight;
    private final Param bias;
    private boolean hasBias = true;

    /**
     * Makes a layer from {@code in} to {@code out} features, with a bias.
     *
     * @throws IllegalArgumentException if either is below 1
     */
    public Linear(int in, int out) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    "Linear: no features: %s -> %s; each must be 1 or more".formatted(in, out));
        }
        this.in = in;
        this.out = out;
        weight =
                new Param(in, out, Initializer.kaimingUniform(in))
                        .fans(Fans.ofColumns(in, out))
                        .savedTransposed();
        bias = new Param(1, out, Initializer.kaimingUniform(in));
    }

    /** Takes the bias away. */
    public Linear withoutBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
        return this;
    }

    /** Returns the weight, in x out. */
    public Param weight() {
        options.close();
        return weight;
    }

    /** Returns the bias, 1 x out, or null if the layer has none. */
    public Param bias() {
        options.close();
        return hasBias ? bias : null;
    }

    /** Returns in: the layer takes that, and any shape with that as its last dimension. */
    @Override
    public Shape inputShape() {
        return new Shape(in);
    }

    @Override
    public Shape outputShape(Shape input) {
        int last = input.rank() - 1;
        if (input.dimension(last) != in) {
            throw new IllegalArgumentException(complaint(input));
        }
        int[] dimensions = input.dimensions();
        dimensions[last] = out;
        return new Shape(dimensions);
    }

    private String complaint(Shape input) {
        if (input.rank() == 1) {
            return "%s: input has %s features, the layer takes %s"
                    .formatted(this, input.features(), in);
        }
        return input.features() == in
                ? "%s: input is %s, the layer takes %s features; put a Flatten before it"
                        .formatted(this, input, in)
                : "%s: input is %s; its last dimension must be %s".formatted(this, input, in);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight(), "bias", bias());
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return input.rank() > 1 ? lengths : Fusible.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        options.close();
        Matrix outputs = workspace.buffer(outputShape(input));
        Matrix inputGradient = workspace.inputGradientBuffer(input);
        if (input.rank() == 1) {
            return new LinearPass(this, outputs, inputGradient, workspace, fusion);
        }
        Pass ofRows =
                new LinearPass(
                        this,
                        RowView.of(outputs, out),
                        inputGradient == null ? null : RowView.of(inputGradient, in),
                        workspace,
                        fusion);
        return new RowsPass(ofRows, in, out, outputs, inputGradient, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("inFeatures", in, "outFeatures", out, "bias", hasBias);
    }

    @Override
    public String toString() {
        return "Linear(%s -> %s%s)".formatted(in, out, hasBias ? "" : ", no bias");
    }
}
