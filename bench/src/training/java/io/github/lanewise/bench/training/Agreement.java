package io.github.lanewise.bench.training;

import java.util.Arrays;

/** Refuses a contender whose numbers are not ours, so that all do the same work. */
final class Agreement {

    /** Rounding differs between libraries. */
    static final double TOLERANCE = 5e-5;

    /** PyTorch scales Adam's second moment before it adds epsilon, others after. */
    static final double ADAM_TOLERANCE = 2e-3;

    private final String task;
    private final double tolerance;
    private double[] ours;

    Agreement(String task, double tolerance) {
        this.task = task;
        this.tolerance = tolerance;
    }

    String task() {
        return task;
    }

    /** Returns a complaint about the numbers of a contender, or null; ours come first. */
    String check(Contender contender, String... words) {
        double[] numbers = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
        if (ours == null) {
            if (!contender.isOurs()) {
                throw new IllegalStateException("ours must be checked first");
            }
            ours = numbers;
        }
        if (numbers.length != ours.length) {
            return "%s: gives %d numbers, ours %d".formatted(task, numbers.length, ours.length);
        }
        for (int i = 0; i < ours.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(ours[i]));
            if (!(Math.abs(numbers[i] - ours[i]) <= allowed)) {
                return "%s: number %d is %s, ours is %s; it does not do the same work"
                        .formatted(task, i, numbers[i], ours[i]);
            }
        }
        return null;
    }
}
