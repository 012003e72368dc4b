package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.schedule.OneCycleLR;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainingStep;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Teaches a model a text: each step shows it pieces from random places, and asks for the character
 * after each of their characters. The last part of the text is held out.
 */
final class TextTraining {

    private static final double HELD_OUT = 0.1;
    private static final int MOST_HELD_OUT_PIECES = 256;
    private static final double WARM_UP = 0.05;
    private static final float DECAY = 0.01f;

    private final TextModel model;
    private final int[] text;
    private final int learnt;

    /**
     * Sets a text.
     *
     * @param text indices of its characters
     * @throws BadInput if it is too short
     */
    TextTraining(TextModel model, String source, int[] text) {
        this.model = model;
        this.text = text;
        int piece = model.context() + 1;
        int heldOut = Math.max(piece, (int) (HELD_OUT * text.length));
        learnt = text.length - heldOut;
        if (learnt < piece) {
            throw new BadInput(
                    Text.text(
                            "%s: has %,d characters; for pieces of --context %,d it must have at"
                                    + " least %,d",
                            source, text.length, model.context(), 2 * piece));
        }
    }

    /** Returns how many characters at the end are held out. */
    int heldOut() {
        return text.length - learnt;
    }

    /**
     * Takes steps.
     *
     * @param line is told of each
     * @param ended whether to end early, asked after each
     */
    void run(
            int steps,
            int batch,
            float rate,
            RandomStream random,
            TextLine line,
            BooleanSupplier ended) {
        int context = model.context();
        Optimizer optimizer = new AdamW(rate).weightDecay(DECAY).with(new ClipNorm(1));
        OneCycleLR schedule = new OneCycleLR(rate, steps).pctStart(WARM_UP).finalDivFactor(4);
        TrainingStep step =
                new TrainingStep(
                        model.layers(),
                        new SoftmaxCrossEntropy(),
                        optimizer,
                        new Shape(context),
                        batch);
        Matrix inputs = Matrix.zeros(batch, context);
        Targets.Labels labels = new Targets.Labels(new int[batch * context], context);
        for (int i = 0; i < steps && !ended.getAsBoolean(); i++) {
            for (int row = 0; row < batch; row++) {
                load(random.nextInt(learnt - context), inputs, labels.classes(), row);
            }
            optimizer.learningRate((float) schedule.at(i));
            line.step(i + 1, steps, step.run(inputs, labels));
        }
    }

    /** Loads the piece that begins at a place, and the characters after its characters. */
    private void load(int from, Matrix inputs, int[] labels, int row) {
        int context = inputs.cols();
        for (int t = 0; t < context; t++) {
            inputs.data()[row * context + t] = text[from + t];
            labels[row * context + t] = text[from + t + 1];
        }
    }

    /** Returns the mean loss of a character that was held out. */
    double evaluate() {
        int context = model.context();
        int pieces = Math.min(MOST_HELD_OUT_PIECES, (heldOut() - 1) / context);
        Matrix inputs = Matrix.zeros(pieces, context);
        int[] labels = new int[pieces * context];
        for (int row = 0; row < pieces; row++) {
            load(learnt + row * context, inputs, labels, row);
        }
        Dataset data = Dataset.of(inputs, new Shape(context), new Targets.Labels(labels, context));
        Trainer trainer = new Trainer(model.layers(), new SoftmaxCrossEntropy(), new AdamW());
        return trainer.evaluate(data).loss();
    }

    /** Returns the loss of who knows how often each character comes, and nothing else. */
    double entropy() {
        int[] counts = new int[model.characters().count()];
        Arrays.stream(text).forEach(index -> counts[index]++);
        double sum = 0;
        for (int count : counts) {
            double share = (double) count / text.length;
            sum -= count == 0 ? 0 : share * Math.log(share);
        }
        return sum;
    }
}
