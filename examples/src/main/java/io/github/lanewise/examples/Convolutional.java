package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.conv.MaxPool2d;

import java.util.List;

/**
 * Two convolutions, each followed by a pooling that halves the image, then fully connected layers,
 * all with batch normalization: {@code --model cnn}.
 *
 * <p>Network and rate were chosen on the last 10,000 of MNIST's training digits, training on the
 * others: 99.3 % after 5 epochs. One run without normalization of the fully connected layer ended
 * 0.1 lower, hardly more than chance.
 */
final class Convolutional extends ConvolutionalModel {

    private static final int KERNEL = 5;

    private static final int[] CHANNELS = {1, 16, 32};

    Convolutional() {
        super("cnn", 16);
    }

    @Override
    void addConvolutions(List<Layer> layers) {
        for (int i = 1; i < CHANNELS.length; i++) {
            addConvolution(layers, CHANNELS[i - 1], CHANNELS[i], KERNEL);
            layers.add(new MaxPool2d(2));
        }
    }

    @Override
    public String name(DigitSet images, int[] hidden) {
        return text(
                "convolutional network of %d and %d channels, then %s",
                CHANNELS[1], CHANNELS[2], FullyConnected.widths(hidden, images.classes()));
    }
}
