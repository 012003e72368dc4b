package io.github.lanewise.nn.metrics;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

/**
 * How much there was of each class, was taken for it, and both, by weight, and all measures that
 * follow from that: the one place where they are defined.
 *
 * <p>Either each sample is of one class, or each class is a question of its own, and several
 * answers may be yes.
 */
final class ClassCounts {

    private final double[] hits;
    private final double[] predicted;
    private final double[] labelled;

    private final boolean questions;
    private double total;

    /**
     * @param questions whether each class is a question of its own
     */
    ClassCounts(int classes, boolean questions) {
        hits = new double[classes];
        predicted = new double[classes];
        labelled = new double[classes];
        this.questions = questions;
    }

    /** Counts a sample of one class; a prediction may be {@link ArgMax#NONE}. */
    void add(int label, int prediction, double weight) {
        labelled[label] += weight;
        total += weight;
        if (prediction != ArgMax.NONE) {
            predicted[prediction] += weight;
            hits[prediction] += label == prediction ? weight : 0;
        }
    }

    /** Counts an answer to one of the questions. */
    void answer(int question, boolean label, boolean prediction, double weight) {
        labelled[question] += label ? weight : 0;
        predicted[question] += prediction ? weight : 0;
        hits[question] += label && prediction ? weight : 0;
        total += question == 0 ? weight : 0;
    }

    int classes() {
        return hits.length;
    }

    boolean questions() {
        return questions;
    }

    double labelled(int label) {
        return labelled[label];
    }

    double predicted(int label) {
        return predicted[label];
    }

    double total() {
        return total;
    }

    /** Returns whether a class is the label or the prediction of any sample; a question is. */
    boolean occurs(int label) {
        return questions || labelled[label] + predicted[label] > 0;
    }

    double of(Rate rate, int label) {
        return rate.of(hits[label], predicted[label], labelled[label], total);
    }

    double of(Rate rate, Average average) {
        return switch (average) {
            case BINARY -> classes() < 2 ? 0 : of(rate, 1);
            case MICRO -> rate.of(sum(hits), sum(predicted), sum(labelled), total * classes());
            case MACRO, WEIGHTED -> mean(rate, average);
        };
    }

    private double mean(Rate rate, Average average) {
        double sum = 0;
        double weights = 0;
        for (int label = 0; label < classes(); label++) {
            double weight = average == Average.WEIGHTED ? labelled[label] : occurs(label) ? 1 : 0;
            sum += weight * of(rate, label);
            weights += weight;
        }
        return Rate.ratio(sum, weights);
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** Returns the share that was right: of samples, or of answers. */
    double accuracy() {
        if (!questions) {
            return Rate.ratio(sum(hits), total);
        }
        double wrong = sum(labelled) + sum(predicted) - 2 * sum(hits);
        return Rate.ratio(total * classes() - wrong, total * classes());
    }

    /** Returns the mean recall of the classes that are labels. */
    double balancedAccuracy() {
        double sum = 0;
        int count = 0;
        for (int label = 0; label < classes(); label++) {
            sum += of(Rate.RECALL, label);
            count += labelled[label] > 0 ? 1 : 0;
        }
        return Rate.ratio(sum, count);
    }

    /** Returns the correlation of labels and predictions (Gorodkin, 2004); 0 if one is constant. */
    double matthews() {
        double none = total - sum(predicted);
        double both = sum(hits) * total - dot(labelled, predicted);
        double predictions = total * total - dot(predicted, predicted) - none * none;
        double labels = total * total - dot(labelled, labelled);
        return Rate.ratio(both, Math.sqrt(predictions * labels));
    }

    /** Returns the agreement beyond chance (Cohen, 1960); NaN if chance agrees always. */
    double kappa() {
        double chance = dot(labelled, predicted) / total;
        return 1 - (total - sum(hits)) / (total - chance);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    void save(StateWriter out) {
        out.put("classes", classes());
        out.put("questions", questions);
        out.put("total", total);
        out.put("hits", hits);
        out.put("predicted", predicted);
        out.put("labelled", labelled);
    }

    static ClassCounts load(StateReader in) throws FormatException {
        double[] hits = in.get("hits").asDoubles();
        ClassCounts counts = new ClassCounts(hits.length, in.get("questions").asBoolean());
        counts.total = in.get("total").asDouble();
        ColumnErrors.read(in.get("hits"), counts.hits);
        ColumnErrors.read(in.get("predicted"), counts.predicted);
        ColumnErrors.read(in.get("labelled"), counts.labelled);
        return counts;
    }
}
