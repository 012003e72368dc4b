package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowSums;
import io.github.lanewise.nn.internal.RowView;

import java.util.Objects;
import java.util.SequencedMap;

/**
 * A linear layer whose weight is that of an embedding (Press and Wolf, "Using the output embedding
 * to improve language models", 2017): outputs[j] = inputs . weight[j] + bias[j], for each vector j
 * of the embedding. In PyTorch: {@code head.weight = embedding.weight}.
 *
 * <p>Inputs are steps x features, or features alone; outputs as many steps x the number of vectors.
 * The gradients of both layers add up in the one weight. In files that PyTorch reads it has both
 * names.
 */
public final class TiedLinear implements Layer {

    private final Embedding embedding;
    private final Options options = new Options();
    private final Param bias;
    private boolean hasBias = true;

    /** Makes a layer with the weight of an embedding, and a bias of its own. */
    public TiedLinear(Embedding embedding) {
        this.embedding = Objects.requireNonNull(embedding, "embedding");
        Param weight = embedding.weight();
        int features = weight.savedShape().dimension(1);
        bias = new Param(1, weight.size() / features, Initializer.kaimingUniform(features));
    }

    /** Takes the bias away. */
    public TiedLinear withoutBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
        return this;
    }

    @Override
    public Shape outputShape(Shape input) {
        options.close();
        int last = input.rank() - 1;
        Shape weight = embedding.weight().savedShape();
        if (input.dimension(last) != weight.dimension(1)) {
            throw new IllegalArgumentException(
                    "%s: input is %s; its last dimension must be %s"
                            .formatted(this, input, weight.dimension(1)));
        }
        int[] dimensions = input.dimensions();
        dimensions[last] = weight.dimension(0);
        return new Shape(dimensions);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        options.close();
        return Named.of("weight", embedding.weight(), "bias", hasBias ? bias : null);
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return input.rank() > 1 ? lengths : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new TiedPass(input, outputShape(input), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("embedding", embedding, "bias", hasBias);
    }

    @Override
    public String toString() {
        return "TiedLinear(%s%s)".formatted(embedding, hasBias ? "" : ", no bias");
    }

    private final class TiedPass implements Pass {

        private final Kernels kernels;
        private final RowSums rowSums;
        private final boolean training;
        private final Matrix weight;
        private final Epilogue epilogue;
        private final RowView inputRows;
        private final RowView gradientRows;
        private final Matrix outputs;
        private final Matrix outputRows;
        private final Matrix inputGradient;
        private final Matrix inputGradientRows;
        private Matrix rows;

        TiedPass(Shape input, Shape output, Workspace workspace) {
            kernels = workspace.kernels();
            rowSums = new RowSums(workspace);
            training = workspace.training();
            weight = embedding.weight().value();
            epilogue = hasBias ? Epilogue.bias(bias.value()) : Epilogue.NONE;
            inputRows = new RowView(kernels, weight.cols());
            gradientRows = new RowView(kernels, weight.rows());
            outputs = workspace.buffer(output);
            outputRows = RowView.of(outputs, weight.rows());
            inputGradient = workspace.inputGradientBuffer(input);
            inputGradientRows =
                    inputGradient == null ? null : RowView.of(inputGradient, weight.cols());
        }

        @Override
        public Matrix forward(Matrix inputs) {
            rows = inputRows.of(inputs);
            kernels.gemm(Transpose.NT, rows, weight, 0, outputRows, epilogue);
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(TiedLinear.this, training, rows);
            Matrix gradients = gradientRows.of(outputGradient);
            Param shared = embedding.weight();
            float beta = shared.accumulator().nextBeta();
            kernels.gemm(Transpose.TN, gradients, rows, beta, shared.gradient(), Epilogue.NONE);
            if (hasBias) {
                rowSums.columnSums(gradients, bias.accumulator().nextBeta(), bias.gradient());
            }
            if (inputGradient != null) {
                kernels.gemm(Transpose.NN, gradients, weight, 0, inputGradientRows, Epilogue.NONE);
            }
            return inputGradient;
        }
    }
}
