package io.github.lanewise.examples;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.LayerNorm;
import io.github.lanewise.nn.LearnedEncoding;
import io.github.lanewise.nn.Linear;
import io.github.lanewise.nn.Patches;
import io.github.lanewise.nn.Sequential;
import io.github.lanewise.nn.TimeDistributed;
import io.github.lanewise.nn.TransformerEncoderLayer;

/** Looks at 16 patches of an image of a digit, all at once, through two transformer layers. */
final class PatchTransformer {

    private static final int SIDE = 28;
    private static final int PATCH = 7;
    private static final int PATCHES = (SIDE / PATCH) * (SIDE / PATCH);
    private static final int FEATURES = 64;
    private static final int HEADS = 4;
    private static final int HIDDEN = 128;

    private PatchTransformer() {}

    /** Returns an untrained model of 1x28x28 images. */
    static Sequential create() {
        return new Sequential(
                new Patches(PATCH, PATCH),
                new TimeDistributed(new Linear(PATCH * PATCH, FEATURES)),
                new LearnedEncoding(PATCHES, FEATURES),
                new TransformerEncoderLayer(FEATURES, HEADS, HIDDEN).normFirst(),
                new TransformerEncoderLayer(FEATURES, HEADS, HIDDEN).normFirst(),
                new LayerNorm(FEATURES),
                new Flatten(),
                new Linear(PATCHES * FEATURES, DigitSet.CLASSES));
    }
}
