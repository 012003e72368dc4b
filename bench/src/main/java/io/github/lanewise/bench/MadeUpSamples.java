package io.github.lanewise.bench;

import io.github.lanewise.bench.front.Characters;
import io.github.lanewise.bench.front.Front;
import io.github.lanewise.bench.front.Sequences;
import io.github.lanewise.bench.front.Tabular;

import java.util.SplittableRandom;

/**
 * Samples that are made up, always the same: of a kind that training converges, and stays away from
 * subnormal numbers.
 *
 * @param inputs a row of features for each sample
 * @param labels a class for each answer of a sample
 * @param lengths steps of each sample that count; null where all do
 */
public record MadeUpSamples(float[] inputs, int[] labels, int[] lengths) {

    private static final double BLANK_SHARE = 0.8;
    private static final float CLASS_BRIGHTNESS = 0.5f;
    private static final double USUAL_SHARE = 0.75;

    /** Makes so many samples for what a network begins with. */
    public static MadeUpSamples of(Front front, int features, int classes, int count) {
        SplittableRandom random = new SplittableRandom(4);
        return switch (front) {
            case Characters characters -> text(characters, random, count);
            case Tabular tabular -> rows(tabular, random, classes, count);
            case Sequences sequences -> cut(sequences, random, classes, count);
            default -> like(random, features, classes, count);
        };
    }

    /** Like digits: most features are zero, and those of the sample's class are brighter. */
    private static MadeUpSamples like(
            SplittableRandom random, int features, int classes, int count) {
        float[] inputs = new float[count * features];
        int[] labels = random.ints(count, 0, classes).toArray();
        for (int i = 0; i < inputs.length; i++) {
            int feature = i % features;
            double drawn = random.nextDouble();
            boolean blank = features > classes && drawn < BLANK_SHARE;
            boolean own = feature % classes == labels[i / features];
            float brightness = own ? CLASS_BRIGHTNESS : 0;
            inputs[i] = blank ? 0 : (float) random.nextDouble(0, 0.5) + brightness;
        }
        return new MadeUpSamples(inputs, labels, null);
    }

    /** The same, with 0 behind the end of each sequence. */
    private static MadeUpSamples cut(
            Sequences front, SplittableRandom random, int classes, int count) {
        int row = front.longest() * front.features();
        MadeUpSamples whole = like(random, row, classes, count);
        int[] lengths = random.ints(count, front.shortest(), front.longest() + 1).toArray();
        for (int i = 0; i < whole.inputs.length; i++) {
            if (i % row >= lengths[i / row] * front.features()) {
                whole.inputs[i] = 0;
            }
        }
        return new MadeUpSamples(whole.inputs, whole.labels, lengths);
    }

    /** A text in which most characters follow from the one before; labels are what comes next. */
    private static MadeUpSamples text(Characters front, SplittableRandom random, int count) {
        int[] usual = random.ints(front.characters(), 0, front.characters()).toArray();
        float[] inputs = new float[count * front.steps()];
        int[] labels = new int[inputs.length];
        int current = 0;
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = current;
            boolean follows = random.nextDouble() < USUAL_SHARE;
            current = follows ? usual[current] : random.nextInt(front.characters());
            labels[i] = current;
        }
        return new MadeUpSamples(inputs, labels, null);
    }

    /** Rows whose class shows in the numbers' mean; indices of small levels are the usual ones. */
    private static MadeUpSamples rows(
            Tabular front, SplittableRandom random, int classes, int count) {
        int[] labels = random.ints(count, 0, classes).toArray();
        int features = front.numbers() + front.levels().size();
        float[] inputs = new float[count * features];
        for (int i = 0; i < inputs.length; i++) {
            int column = i % features;
            if (column < front.numbers()) {
                inputs[i] = (float) random.nextGaussian() + 0.2f * labels[i / features];
            } else {
                int levels = front.levels().get(column - front.numbers());
                double drawn = random.nextDouble();
                inputs[i] = (int) (drawn * drawn * levels);
            }
        }
        return new MadeUpSamples(inputs, labels, null);
    }
}
