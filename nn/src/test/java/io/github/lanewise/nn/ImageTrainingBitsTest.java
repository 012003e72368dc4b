package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/**
 * Pins the bits of a trained convolutional network, as {@link TrainingBitsTest} does: with strided
 * gradients of weights, Winograd's algorithm, and groups.
 */
@Tag("bits")
class ImageTrainingBitsTest {

    private static final int BITS = 1906676596;

    private static final Shape IMAGE = new Shape(2, 13, 18);

    @Test
    void convolutionalNetworkEndsInTheSameBitsEverywhere() {
        Sequential model =
                new Sequential(
                        new Conv2d(2, 18, 3).padding(1),
                        new BatchNorm2d(18),
                        new ReLU(),
                        new Conv2d(18, 18, 3).padding(1),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Conv2d(18, 18, 3, 2).stride(2, 1).groups(3),
                        new ReLU(),
                        new AvgPool2d(2).padding(1),
                        new Flatten(),
                        new Linear(18 * 2 * 5, 4));
        RandomStream random = new RandomStream(2);
        int[] labels = new int[90];
        Arrays.setAll(labels, i -> random.nextInt(4));
        Dataset data =
                Dataset.of(
                        Matrices.gaussian(90, IMAGE.features(), 1), IMAGE, Targets.labels(labels));
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).momentum(0.9f))
                .fit(data, 3, 16);
        float[] mean = ((BatchNorm2d) model.layers().get(1)).runningMean().value().data();
        assertEquals(BITS, 31 * Arrays.hashCode(Matrices.weights(model)) + Arrays.hashCode(mean));
    }
}
