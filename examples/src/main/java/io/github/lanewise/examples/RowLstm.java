package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.recurrent.LSTM;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads an image row by row, from top to bottom, and then says which digit it was: {@code --model
 * lstm}. Each width is that of an LSTM layer.
 */
final class RowLstm implements DigitModel {

    @Override
    public int[] usualHidden() {
        return new int[] {128};
    }

    @Override
    public DigitTraining.Rule usualRule() {
        return DigitTraining.Rule.adam;
    }

    @Override
    public float usualRate(DigitTraining.Rule rule) {
        return rule == DigitTraining.Rule.sgd ? 0.1f : 0.002f;
    }

    @Override
    public Shape input(DigitSet images) {
        return new Shape(1, images.rows(), images.cols());
    }

    @Override
    public Sequential network(DigitSet images, int[] hidden, float dropout) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Patches(1, images.cols()));
        int width = images.cols();
        for (int i = 0; i < hidden.length; i++) {
            LSTM lstm = new LSTM(width, hidden[i]);
            layers.add(i + 1 < hidden.length ? lstm : lstm.lastOutput());
            DigitModel.addDropout(layers, dropout);
            width = hidden[i];
        }
        layers.add(new Linear(width, images.classes()));
        return new Sequential(layers.toArray(Layer[]::new));
    }

    @Override
    public String name(DigitSet images, int[] hidden) {
        return text(
                "LSTM over %d rows, %s",
                images.rows(), FullyConnected.widths(hidden, images.classes()));
    }
}
