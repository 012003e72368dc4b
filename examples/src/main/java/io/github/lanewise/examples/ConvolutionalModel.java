package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;

import java.util.ArrayList;
import java.util.List;

/** Convolutions and poolings, then fully connected layers, all with batch normalization. */
abstract class ConvolutionalModel implements DigitModel {

    private final String kind;
    private final int smallest;

    /**
     * Makes a kind of network.
     *
     * @param kind its name on the command line
     * @param smallest height and width of which the convolutions and poolings leave a pixel
     */
    ConvolutionalModel(String kind, int smallest) {
        this.kind = kind;
        this.smallest = smallest;
    }

    /** Adds the convolutions and poolings, for images of one channel. */
    abstract void addConvolutions(List<Layer> layers);

    /** Adds a convolution without a bias, since the normalization adds one of its own. */
    static void addConvolution(List<Layer> layers, int from, int to, int kernel) {
        layers.add(new Conv2d(from, to, kernel).withoutBias());
        layers.add(new BatchNorm2d(to));
        layers.add(new ReLU());
    }

    @Override
    public final int[] usualHidden() {
        return new int[] {128};
    }

    @Override
    public final DigitTraining.Rule usualRule() {
        return DigitTraining.Rule.sgd;
    }

    @Override
    public final float usualRate(DigitTraining.Rule rule) {
        return rule == DigitTraining.Rule.sgd ? 0.05f : 0.001f;
    }

    @Override
    public final Shape input(DigitSet images) {
        return new Shape(1, images.rows(), images.cols());
    }

    @Override
    public final Sequential network(DigitSet images, int[] hidden, float dropout) {
        List<Layer> layers = new ArrayList<>();
        addConvolutions(layers);
        layers.add(new Flatten());
        int width =
                new Sequential(layers.toArray(Layer[]::new)).outputShape(input(images)).features();
        for (int next : hidden) {
            layers.add(new Linear(width, next).withoutBias());
            layers.add(new BatchNorm1d(next));
            layers.add(new ReLU());
            DigitModel.addDropout(layers, dropout);
            width = next;
        }
        layers.add(new Linear(width, images.classes()));
        return new Sequential(layers.toArray(Layer[]::new));
    }

    @Override
    public final void check(DigitSet images) {
        BadInput.require(
                Math.min(images.rows(), images.cols()) >= smallest,
                "--model",
                kind + ", and the images are " + DigitModel.size(images),
                text(
                        "another for these; %s takes images of %dx%d and more",
                        kind, smallest, smallest));
    }

    /** One image alone has no variance by which to normalize the fully connected layers. */
    @Override
    public final int smallestBatch() {
        return 2;
    }
}
