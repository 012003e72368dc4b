package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks at 16 patches of an image, all at once: {@code --model transformer}. Each width is that of
 * the feed-forward network of one encoder layer.
 */
final class PatchTransformer implements DigitModel {

    private static final int PATCH = 7;
    private static final int FEATURES = 64;
    private static final int HEADS = 4;

    @Override
    public int[] usualHidden() {
        return new int[] {128, 128};
    }

    @Override
    public DigitTraining.Rule usualRule() {
        return DigitTraining.Rule.adam;
    }

    @Override
    public float usualRate(DigitTraining.Rule rule) {
        return rule == DigitTraining.Rule.sgd ? 0.03f : 0.001f;
    }

    @Override
    public Shape input(DigitSet images) {
        return new Shape(1, images.rows(), images.cols());
    }

    @Override
    public Sequential network(DigitSet images, int[] hidden, float dropout) {
        int patches = (images.rows() / PATCH) * (images.cols() / PATCH);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Patches(PATCH, PATCH));
        layers.add(new TimeDistributed(new Linear(PATCH * PATCH, FEATURES)));
        layers.add(new LearnedEncoding(patches, FEATURES));
        for (int width : hidden) {
            layers.add(new TransformerEncoderLayer(FEATURES, HEADS, width).normFirst().dropout(0));
        }
        layers.add(new LayerNorm(FEATURES));
        layers.add(new Flatten());
        DigitModel.addDropout(layers, dropout);
        layers.add(new Linear(patches * FEATURES, images.classes()));
        return new Sequential(layers.toArray(Layer[]::new));
    }

    @Override
    public void check(DigitSet images) {
        BadInput.require(
                images.rows() % PATCH == 0 && images.cols() % PATCH == 0,
                "--model",
                "transformer, and the images are " + DigitModel.size(images),
                text("another for these; transformer takes sides in multiples of %d", PATCH));
    }

    @Override
    public String name(DigitSet images, int[] hidden) {
        return text("transformer of %d layers over patches of %dx%d", hidden.length, PATCH, PATCH);
    }
}
