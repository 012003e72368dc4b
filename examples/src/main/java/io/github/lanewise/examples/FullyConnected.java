package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers of fully connected neurons: {@code --model mlp}. The rate was chosen, among 0.02 to 0.08,
 * on the last 10,000 of MNIST's training digits.
 */
final class FullyConnected implements DigitModel {

    @Override
    public int[] usualHidden() {
        return new int[] {256, 128};
    }

    @Override
    public DigitTraining.Rule usualRule() {
        return DigitTraining.Rule.sgd;
    }

    @Override
    public float usualRate(DigitTraining.Rule rule) {
        return rule == DigitTraining.Rule.sgd ? 0.05f : 0.001f;
    }

    @Override
    public Shape input(DigitSet images) {
        return new Shape(images.features());
    }

    @Override
    public Sequential network(DigitSet images, int[] hidden, float dropout) {
        List<Layer> layers = new ArrayList<>();
        int width = images.features();
        for (int next : hidden) {
            layers.add(new Linear(width, next));
            layers.add(new ReLU());
            DigitModel.addDropout(layers, dropout);
            width = next;
        }
        layers.add(new Linear(width, images.classes()));
        return new Sequential(layers.toArray(Layer[]::new));
    }

    @Override
    public String name(DigitSet images, int[] hidden) {
        return text("%d-%s network", images.features(), widths(hidden, images.classes()));
    }

    /** Returns the widths of the layers after the first as text, such as 256-128-10. */
    static String widths(int[] hidden, int classes) {
        return Arrays.stream(hidden).mapToObj(w -> w + "-").collect(Collectors.joining()) + classes;
    }
}
