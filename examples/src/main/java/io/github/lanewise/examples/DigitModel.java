package io.github.lanewise.examples;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;

import java.util.List;

/**
 * A kind of network that reads digits. For one more: a class like {@link FullyConnected}, and its
 * name in {@link Kind}.
 */
interface DigitModel {

    /** The kinds that can be chosen, in lower case as on the command line. */
    enum Kind {
        /** Layers of fully connected neurons. */
        mlp(new FullyConnected()),
        /** Two convolutions, then fully connected layers. */
        cnn(new Convolutional()),
        /** Three convolutions, then fully connected layers. */
        deepcnn(new DeepConvolutional()),
        /** A recurrent network over the rows. */
        lstm(new RowLstm()),
        /** Attention over patches. */
        transformer(new PatchTransformer());

        private final DigitModel model;

        Kind(DigitModel model) {
            this.model = model;
        }

        DigitModel model() {
            return model;
        }
    }

    /** Returns the widths of the hidden layers that can be chosen, where nobody chooses. */
    int[] usualHidden();

    /** Returns the optimizer to take where nobody chooses. */
    DigitTraining.Rule usualRule();

    /** Returns the learning rate for an optimizer where nobody chooses. */
    float usualRate(DigitTraining.Rule rule);

    /** Returns the shape in which the network takes an image. */
    Shape input(DigitSet images);

    /**
     * Makes the network.
     *
     * @param images such images as it will take
     * @param hidden widths of hidden layers
     * @param dropout share of the hidden values that training leaves out
     */
    Sequential network(DigitSet images, int[] hidden, float dropout);

    /** Names the network in a few words. */
    String name(DigitSet images, int[] hidden);

    /**
     * Checks that the network can take images of such a size.
     *
     * @throws BadInput if not
     */
    default void check(DigitSet images) {}

    /** Returns how many images a step needs at least. */
    default int smallestBatch() {
        return 1;
    }

    /** Returns the size of images as text. */
    static String size(DigitSet images) {
        return images.rows() + "x" + images.cols();
    }

    /** Adds a dropout layer, unless nothing shall be left out. */
    static void addDropout(List<Layer> layers, float share) {
        if (share > 0) {
            layers.add(new Dropout(share));
        }
    }
}
