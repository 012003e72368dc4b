package io.github.lanewise.nn.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** A single sample whose products are long enough for the team to help. */
class LongSampleTest {

    private static final Shape INPUT = new Shape(64, 128);

    @Test
    void helpersDoNotChangeTheBits() {
        TransformerEncoderLayer layer = new TransformerEncoderLayer(128, 4, 512);
        layer.initialize(1);
        SplittableRandom random = new SplittableRandom(2);
        float[] sample = new float[INPUT.features()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (float) random.nextGaussian();
        }
        InferenceSession session = InferenceSession.of(layer, INPUT, 1);
        float[] alone = session.onCallersThread().predict(sample);
        assertArrayEquals(alone, session.predict(sample));
        assertArrayEquals(alone, session.predictSequence(sample));
    }
}
