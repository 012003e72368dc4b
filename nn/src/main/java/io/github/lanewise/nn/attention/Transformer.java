package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.StackDepth;

import java.util.List;
import java.util.SequencedMap;

/**
 * An encoder and a decoder, which sees what the encoder made (Vaswani et al., "Attention is all you
 * need", 2017); a normalization comes after the last layer of each.
 *
 * <p>It takes two inputs by {@link Value#merge}, in PyTorch's order: the source and the target, any
 * number of steps x features each; outputs are those of the target. {@link #causal()} is for the
 * decoder's own steps, as a target that is to be continued needs it. Padding of either is seen by
 * none. Parameters, defaults and first values are PyTorch's: matrices are drawn by Glorot's rule.
 */
public final class Transformer extends TransformerLayer<Transformer> implements Merge {

    private static final int USUAL_FEATURES = 512;
    private static final int USUAL_HEADS = 8;
    private static final int USUAL_LAYERS = 6;

    private final int encoderLayers;
    private final int decoderLayers;
    private TransformerEncoder encoder;
    private TransformerDecoder decoder;

    /** Makes one of 512 features, 8 heads, 6 layers each, and small networks of 2048 units. */
    public Transformer() {
        this(USUAL_FEATURES, USUAL_HEADS, USUAL_LAYERS, USUAL_LAYERS, USUAL_HIDDEN);
    }

    /**
     * Makes one.
     *
     * @param features of a step; a multiple of heads
     * @param heads of the attentions
     * @param encoderLayers layers of the encoder
     * @param decoderLayers layers of the decoder
     * @param hidden units of the small networks
     * @throws IllegalArgumentException if heads do not divide the features, a number is below 1, or
     *     there are more than 1000 layers
     */
    public Transformer(int features, int heads, int encoderLayers, int decoderLayers, int hidden) {
        super(features, heads, hidden);
        if (Math.min(encoderLayers, decoderLayers) < 1
                || Math.max(encoderLayers, decoderLayers) > StackDepth.MOST) {
            throw new IllegalArgumentException(
                    "Transformer: %s layers of the encoder, %s of the decoder; give 1 to %s"
                            .formatted(encoderLayers, decoderLayers, StackDepth.MOST));
        }
        this.encoderLayers = encoderLayers;
        this.decoderLayers = decoderLayers;
    }

    @Override
    Transformer self() {
        return this;
    }

    /** Makes the layers; parameters are placed afterwards, so that outer models win. */
    private synchronized void make() {
        close();
        if (encoder == null) {
            encoder =
                    new TransformerEncoder(
                                    () ->
                                            configured(
                                                    new TransformerEncoderLayer(
                                                            features(), heads(), hidden()),
                                                    false),
                                    encoderLayers)
                            .norm(norm());
            decoder =
                    new TransformerDecoder(
                                    () ->
                                            configured(
                                                    new TransformerDecoderLayer(
                                                            features(), heads(), hidden()),
                                                    isCausal()),
                                    decoderLayers)
                            .norm(norm());
            drawByGlorot(encoder);
            drawByGlorot(decoder);
            place();
        }
    }

    private static void drawByGlorot(Layer layer) {
        for (Param parameter : layer.parameters().values()) {
            if (parameter.savedShape().rank() > 1) {
                parameter.initializer(Initializer.xavierUniform());
            }
        }
    }

    @Override
    public SequencedMap<String, Layer> children() {
        make();
        return Named.of("encoder", encoder, "decoder", decoder);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        make();
        if (inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "Transformer: %s inputs; it takes two by Value.merge: source and target"
                            .formatted(inputs.size()));
        }
        return decoder.outputShape(List.of(inputs.get(1), encoder.outputShape(inputs.getFirst())));
    }

    /** Returns the lengths of the target; padding of the source is seen by none. */
    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        return lengths.part(1);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        outputShape(inputs);
        return new TransformerPass(encoder, decoder, inputs, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = super.options();
        all.put("numEncoderLayers", encoderLayers);
        all.put("numDecoderLayers", decoderLayers);
        return all;
    }
}
