package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;

/**
 * Hands the predictions of a batch on, one for each label: of {@link Targets.Labels} a run of class
 * scores, of {@link Targets.Values} one score for each yes (above 1/2) or no.
 */
final class LabelReader {

    private static final float HALF = 0.5f;

    /** Takes one prediction. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param scores from {@code at} on, {@code stride} apart, one for each class; of one class
         *     it is the score of yes
         * @param question which column of several yes or no; else -1
         */
        void take(
                float[] scores,
                int at,
                int stride,
                int classes,
                int label,
                int question,
                double weight);
    }

    private final String name;
    private final boolean ignores;
    private final int ignoreIndex;
    private final boolean classesFirst;

    private LabelReader(String name, boolean ignores, int ignoreIndex, boolean classesFirst) {
        this.name = name;
        this.ignores = ignores;
        this.ignoreIndex = ignoreIndex;
        this.classesFirst = classesFirst;
    }

    LabelReader(String name) {
        this(name, false, 0, false);
    }

    LabelReader named(String other) {
        return new LabelReader(other, ignores, ignoreIndex, classesFirst);
    }

    LabelReader ignoreIndex(int label) {
        return new LabelReader(name, true, label, classesFirst);
    }

    LabelReader classesFirst() {
        return new LabelReader(name, ignores, ignoreIndex, true);
    }

    String name() {
        return name;
    }

    void read(Matrix outputs, Targets targets, Sink sink) {
        float[] weights = targets instanceof Targets.Weighted w ? w.weights() : null;
        Targets plain = targets instanceof Targets.Weighted w ? w.targets() : targets;
        if (plain.size() != outputs.rows()) {
            throw new IllegalArgumentException(
                    "%s: %s targets for %s rows of outputs; there must be one for each"
                            .formatted(name, plain.size(), outputs.rows()));
        }
        int parts = targets instanceof Targets.Weighted w ? w.perSample() : 1;
        for (int i = 0; i < outputs.rows() * parts; i++) {
            double weight = weights == null ? 1 : weights[i];
            if (weight != 0) {
                readPart(outputs, plain, i / parts, i % parts, parts, weight, sink);
            }
        }
    }

    /** Reads one of the equal parts of a sample that have weights of their own, its steps. */
    private void readPart(
            Matrix outputs,
            Targets plain,
            int sample,
            int part,
            int parts,
            double weight,
            Sink sink) {
        switch (plain) {
            case Targets.Labels labels ->
                    labels(outputs, labels, sample, part, parts, weight, sink);
            case Targets.Values values ->
                    answers(outputs, values.rows(), sample, part, parts, weight, sink);
            default ->
                    throw new IllegalArgumentException(
                            "%s: targets are %s; they must be labels, or yes and no as values, and of one output"
                                    .formatted(name, plain.getClass().getSimpleName()));
        }
    }

    private void labels(
            Matrix outputs,
            Targets.Labels labels,
            int sample,
            int part,
            int parts,
            double weight,
            Sink sink) {
        int positions = labels.perSample();
        int classes = outputs.cols() / positions;
        if (classes == 0 || outputs.cols() % positions != 0) {
            throw new IllegalArgumentException(
                    "%s: %s labels a sample, %s outputs; there must be as many scores for each label"
                            .formatted(name, positions, outputs.cols()));
        }
        int from = outputs.offset() + sample * outputs.ld();
        int ofPart = positions / parts;
        for (int p = part * ofPart; p < (part + 1) * ofPart; p++) {
            int label = labels.classes()[sample * positions + p];
            if (ignores && label == ignoreIndex) {
                continue;
            }
            requireClass(label, Math.max(2, classes), sample, p);
            int at = from + (classesFirst ? p : p * classes);
            int stride = classesFirst ? positions : 1;
            sink.take(outputs.data(), at, stride, classes, label, -1, weight);
        }
    }

    private void requireClass(int label, int classes, int sample, int position) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    ("%s: label %s of sample %s, position %s, is outside the %s classes; ignore it"
                                    + " by ignoreIndex(%s), or correct it")
                            .formatted(name, label, sample, position, classes, label));
        }
    }

    private void answers(
            Matrix outputs,
            Matrix rows,
            int sample,
            int part,
            int parts,
            double weight,
            Sink sink) {
        if (rows.cols() != outputs.cols()) {
            throw new IllegalArgumentException(
                    "%s: targets are %s, outputs %s; they must be equal"
                            .formatted(name, rows.shape(), outputs.shape()));
        }
        int questions = rows.cols() / parts;
        int first = part * questions;
        for (int j = first; j < first + questions; j++) {
            int label = rows.data()[rows.offset() + sample * rows.ld() + j] > HALF ? 1 : 0;
            int at = outputs.offset() + sample * outputs.ld() + j;
            sink.take(outputs.data(), at, 1, 1, label, questions == 1 ? -1 : j - first, weight);
        }
    }
}
