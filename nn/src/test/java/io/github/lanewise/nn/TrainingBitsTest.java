package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adadelta;
import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.L1Penalty;
import io.github.lanewise.nn.optim.Lion;
import io.github.lanewise.nn.optim.MaxNorm;
import io.github.lanewise.nn.optim.Muon;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.RMSprop;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Trainer;

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

    private static final int[] OTHER_BITS = {
        1076492305, -590201381, 770736601, -697726189, -1276188309
    };

    private final Dataset data = data();

    @Test
    void momentumEndsInTheSameBitsEverywhere() {
        assertEquals(SGD_BITS, bitsAfter(new SGD(0.1f).momentum(0.9f).weightDecay(5e-4f)));
    }

    @Test
    void adamEndsInTheSameBitsEverywhere() {
        assertEquals(ADAM_BITS, bitsAfter(new Adam(0.003f).amsgrad()));
    }

    @Test
    void allOtherOptimizersEndInTheSameBitsEverywhere() {
        int[] bits = {
            bitsAfter(new RMSprop(0.001f).momentum(0.9f).centered()),
            bitsAfter(new Adagrad(0.03f).with(new ClipNorm(0.1f), new MaxNorm(0.5f))),
            bitsAfter(new Adadelta().with(new L1Penalty(1e-4f))),
            bitsAfter(new Lion(0.001f).with(new ClipNorm(0.5f, 1))),
            bitsAfter(new Muon(0.02f))
        };
        assertArrayEquals(OTHER_BITS, bits, () -> Arrays.toString(bits));
    }

    private int bitsAfter(Optimizer optimizer) {
        Sequential model =
                new Sequential(new Linear(FEATURES, 130), new ReLU(), new Linear(130, CLASSES));
        new Trainer(model, new SoftmaxCrossEntropy(), optimizer).fit(data, 3, 64);
        float[] weights = Matrices.weights(model);
        for (float weight : weights) {
            assertTrue(Float.isFinite(weight), () -> optimizer + " diverged");
        }
        return Arrays.hashCode(weights);
    }

    private static Dataset data() {
        Matrix features = Matrices.gaussian(SAMPLES, FEATURES, 1);
        int[] labels = new int[SAMPLES];
        RandomStream random = new RandomStream(2);
        Arrays.setAll(labels, i -> random.nextInt(CLASSES));
        return Dataset.of(features, new Shape(FEATURES), Targets.labels(labels));
    }
}
