package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What the convolutions have in common: channels, groups, and parameters. */
public abstract class ConvolutionLayer implements Fusible {

    private final Param weight;
    private final Param bias;

    /**
     * @param rows of the weight: the channels of one side
     * @param cols of the weight: the other side's channels of one group, times the taps; PyTorch
     *     takes it for the fan in
     * @param out how many biases, 0 for none
     */
    ConvolutionLayer(int rows, int cols, int out) {
        weight = new Param(rows, cols, Initializer.kaimingUniform(cols));
        bias = out == 0 ? null : new Param(1, out, Initializer.kaimingUniform(cols));
    }

    /** Checks the channels, for the constructors. */
    static void check(String name, int in, int out, int groups) {
        if (in < 1 || out < 1 || groups < 1 || in % groups != 0 || out % groups != 0) {
            throw new IllegalArgumentException(
                    ("%s: %d -> %d channels in %d groups;"
                                    + " all must be 1 or more, and groups must divide both")
                            .formatted(name, in, out, groups));
        }
    }

    /** Returns the weight: rows of channels, each flattened as in PyTorch. */
    public final Param weight() {
        return weight;
    }

    /** Returns the bias, 1 x out, or null if the layer has none. */
    public final Param bias() {
        return bias;
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        parameters.put("weight", weight);
        if (bias != null) {
            parameters.put("bias", bias);
        }
        return parameters;
    }

    /** Returns the convolution on inputs of a shape, which is checked. */
    abstract Convolution convolution(Shape input);

    /** Returns whether the layer goes from the outputs of the convolution to its inputs. */
    abstract boolean isTransposed();

    @Override
    public final Pass bind(Shape input, Workspace workspace, Fusion fusion) {
        return new ConvolutionPass(
                this,
                convolution(input),
                workspace.buffer(outputShape(input)),
                workspace.inputGradientBuffer(input),
                workspace,
                fusion);
    }

    final String text(int in, int out, int groups, String window) {
        return "%s(%d -> %d, %s%s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        in,
                        out,
                        window,
                        groups == 1 ? "" : ", %d groups".formatted(groups),
                        bias == null ? ", no bias" : "");
    }
}
