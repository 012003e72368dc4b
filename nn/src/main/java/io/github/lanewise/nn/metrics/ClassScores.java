package io.github.lanewise.nn.metrics;

/** The scores of the classes of one label, read as probabilities; in double. */
final class ClassScores {

    /** How far from 0 and 1 a probability is kept before its logarithm, as in scikit-learn. */
    private static final double EPSILON = 0x1p-52;

    private float[] data;
    private int at;
    private int stride;
    private int classes;
    private boolean logits;
    private double logSum;

    /** Looks at other scores: see {@link LabelReader.Sink}. */
    void of(float[] data, int at, int stride, int classes, boolean logits) {
        this.data = data;
        this.at = at;
        this.stride = stride;
        this.classes = classes;
        this.logits = logits;
        if (logits) {
            logSum = logSum();
        }
    }

    private double logSum() {
        double most = classes == 1 ? 0 : Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            most = Math.max(most, score(c));
        }
        double sum = classes == 1 ? Math.exp(-most) : 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(score(c) - most);
        }
        return most + Math.log(sum);
    }

    private double score(int c) {
        return data[at + c * stride];
    }

    /** Returns how many classes there are; yes and no are two, though they have one score. */
    int classes() {
        return Math.max(2, classes);
    }

    /** Returns the probability of a class. */
    double probability(int c) {
        if (logits) {
            return Math.exp(logOfLogit(c));
        }
        return classes > 1 ? score(c) : c == 1 ? score(0) : 1 - score(0);
    }

    /** Returns the logarithm of a class's probability. */
    double log(int c) {
        return logits
                ? logOfLogit(c)
                : Math.log(Math.min(Math.max(probability(c), EPSILON), 1 - EPSILON));
    }

    /** Of one score, that of no is 0. */
    private double logOfLogit(int c) {
        return (classes > 1 ? score(c) : c == 1 ? score(0) : 0) - logSum;
    }

    /** Returns how many classes have a higher score: see {@link Accuracy#topK}. */
    int rank(int c) {
        if (classes == 1) {
            return probability(c) < probability(1 - c) ? 1 : 0;
        }
        return Accuracy.rank(data, at, stride, classes, c);
    }

    /** Returns the squared distance of the probabilities from those of a label that is certain. */
    double brier(int label) {
        double sum = 0;
        for (int c = 0; c < classes(); c++) {
            double distance = probability(c) - (c == label ? 1 : 0);
            sum += distance * distance;
        }
        return classes() == 2 ? sum / 2 : sum;
    }
}
