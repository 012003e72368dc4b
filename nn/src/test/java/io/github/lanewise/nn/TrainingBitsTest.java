package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/**
 * The promise that a run is a function of code, data and seed: the hash of the weights after
 * training is pinned, and the build runs this with vector and with scalar kernels. A change that
 * moves the hash changes every user's results: say so in the commit.
 */
@Tag("bits")
class TrainingBitsTest {

    private static final int SAMPLES = 500;
    private static final int FEATURES = 77;
    private static final int CLASSES = 10;

    private static final int SGD_BITS = 1618716361;
    private static final int ADAM_BITS = 1165402033;

    private final Dataset data = data();

    @Test
    void momentumEndsInTheSameBitsEverywhere() {
        assertEquals(SGD_BITS, bitsAfter(new SGD(0.1f).momentum(0.9f).weightDecay(5e-4f)));
    }

    @Test
    void adamEndsInTheSameBitsEverywhere() {
        assertEquals(ADAM_BITS, bitsAfter(new Adam(0.003f).amsgrad()));
    }

    private int bitsAfter(Optimizer optimizer) {
        Sequential model =
                new Sequential(new Linear(FEATURES, 130), new ReLU(), new Linear(130, CLASSES));
        new Trainer(model, new SoftmaxCrossEntropy(), optimizer).fit(data, 3, 64);
        return Arrays.hashCode(Matrices.weights(model));
    }

    private static Dataset data() {
        Matrix features = Matrices.gaussian(SAMPLES, FEATURES, 1);
        int[] labels = new int[SAMPLES];
        RandomStream random = new RandomStream(2);
        Arrays.setAll(labels, i -> random.nextInt(CLASSES));
        return Dataset.of(features, new Shape(FEATURES), Targets.labels(labels));
    }
}
