package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.MergePass;

import java.util.List;

/** The pass of a {@link Transformer}: what the encoder makes is the memory of the decoder. */
final class TransformerPass implements MergePass {

    private final Pass encoder;
    private final MergePass decoder;
    private final Matrix[] decoderInputs = new Matrix[2];
    private final Matrix[] gradients = new Matrix[2];

    TransformerPass(
            TransformerEncoder encoder,
            TransformerDecoder decoder,
            List<Shape> inputs,
            Workspace workspace) {
        Shape source = inputs.get(0);
        Lengths ofSource = workspace.lengths(0);
        this.encoder = encoder.bind(source, workspace.lengths(ofSource));
        // The encoder has parameters, whether or not the gradients of the inputs are wanted.
        Workspace both =
                workspace
                        .inputGradient(true)
                        .lengths(Lengths.several(workspace.lengths(1), ofSource));
        this.decoder = decoder.bind(List.of(inputs.get(1), encoder.outputShape(source)), both);
    }

    @Override
    public Matrix forward(Matrix[] inputs) {
        decoderInputs[0] = inputs[1];
        decoderInputs[1] = encoder.forward(inputs[0]);
        return decoder.forward(decoderInputs);
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix[] ofDecoder = decoder.backward(outputGradient);
        gradients[0] = encoder.backward(ofDecoder[1]);
        gradients[1] = ofDecoder[0];
        return gradients;
    }
}
