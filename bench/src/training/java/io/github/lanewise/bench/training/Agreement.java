package io.github.lanewise.bench.training;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.front.ResNet;

import java.util.Arrays;

/** Refuses a contender whose numbers are not ours, so that all do the same work. */
final class Agreement {

    /** Rounding differs between libraries. */
    static final double TOLERANCE = 5e-5;

    /** PyTorch scales Adam's second moment before it adds epsilon, others after. */
    private static final double ADAM_TOLERANCE = 2e-3;

    /**
     * Through twenty layers that are normalized, rounding grows in a few steps of Adam: float
     * losses of M8 stray by up to 7e-3 from those of the same steps in double precision, those of
     * PyTorch's modes as much as ours.
     */
    private static final double DEEP_TOLERANCE = 1e-2;

    private final String task;
    private final double tolerance;
    private double[] ours;

    Agreement(String task, double tolerance) {
        this.task = task;
        this.tolerance = tolerance;
    }

    /** Returns how far losses of a workload may differ: absolute below 1, else relative. */
    static double tolerance(Workload workload) {
        if (workload.front() instanceof ResNet) {
            return DEEP_TOLERANCE;
        }
        return workload.rule().adam() ? ADAM_TOLERANCE : TOLERANCE;
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
