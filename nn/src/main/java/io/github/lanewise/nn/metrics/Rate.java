package io.github.lanewise.nn.metrics;

/** A measure of one class against the rest, from four counts. */
@FunctionalInterface
interface Rate {

    /** Of what was taken for the class, the share that is of it. */
    Rate PRECISION = (hits, predicted, labelled, total) -> ratio(hits, predicted);

    /** Of what is of the class, the share that was taken for it. */
    Rate RECALL = (hits, predicted, labelled, total) -> ratio(hits, labelled);

    /** Of what is not of the class, the share that was not taken for it. */
    Rate SPECIFICITY =
            (hits, predicted, labelled, total) ->
                    ratio(total - predicted - labelled + hits, total - labelled);

    /** Intersection over union of what is of the class and what was taken for it. */
    Rate IOU = (hits, predicted, labelled, total) -> ratio(hits, predicted + labelled - hits);

    /**
     * Takes the measure; 0 if its denominator is 0, as in scikit-learn.
     *
     * @param hits weight of what is of the class and was taken for it
     * @param predicted weight of what was taken for it
     * @param labelled weight of what is of it
     * @param total weight of all
     */
    double of(double hits, double predicted, double labelled, double total);

    /** The harmonic mean of precision and recall, recall being beta times as important. */
    static Rate fBeta(double beta) {
        double square = beta * beta;
        return (hits, predicted, labelled, total) ->
                ratio((1 + square) * hits, square * labelled + predicted);
    }

    /** Divides, but 0 by 0 is 0. */
    static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
