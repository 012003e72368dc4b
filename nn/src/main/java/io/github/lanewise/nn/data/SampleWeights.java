package io.github.lanewise.nn.data;

import java.util.Objects;

/** Weights of samples: which may be, and how they join other targets. */
final class SampleWeights {

    private SampleWeights() {}

    static Targets weigh(Targets targets, float[] weights) {
        Objects.requireNonNull(targets, "targets");
        return switch (targets) {
            case Targets.Weighted weighted -> {
                check(weighted.targets(), weights);
                yield new Targets.Weighted(
                        weighted.targets(), product(weighted.weights(), weights));
            }
            case Targets.Several several ->
                    new Targets.Several(
                            several.parts().stream().map(part -> weigh(part, weights)).toList());
            default -> new Targets.Weighted(targets, weights);
        };
    }

    /** Multiplies; where one of them has a weight for each sample alone, it serves all steps. */
    private static float[] product(float[] a, float[] b) {
        float[] product = new float[Math.max(a.length, b.length)];
        if (product.length % a.length != 0 || product.length % b.length != 0) {
            throw new IllegalArgumentException(
                    "Targets: %s weights, of targets that have %s already; give one for each"
                            .formatted(b.length, a.length));
        }
        for (int i = 0; i < product.length; i++) {
            product[i] = a[i / (product.length / a.length)] * b[i / (product.length / b.length)];
        }
        return product;
    }

    private static boolean divides(int perSample, Targets targets) {
        return switch (targets) {
            case Targets.Labels labels -> labels.perSample() % perSample == 0;
            case Targets.Values values -> values.rows().cols() % perSample == 0;
            default -> false;
        };
    }

    static void check(Targets targets, float[] weights) {
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(weights, "weights");
        if (targets instanceof Targets.Weighted || targets instanceof Targets.Several) {
            throw new IllegalArgumentException(
                    "Targets: a %s cannot be weighted as one; use Targets.weighted(...)"
                            .formatted(targets.getClass().getSimpleName()));
        }
        int perSample = targets.size() == 0 ? 0 : weights.length / targets.size();
        if (targets.size() * perSample != weights.length || perSample == 0 && targets.size() > 0) {
            throw new IllegalArgumentException(
                    "Targets: %s weights for %s samples; give one for each, or one for each step"
                            .formatted(weights.length, targets.size()));
        }
        if (perSample > 1 && !divides(perSample, targets)) {
            throw new IllegalArgumentException(
                    ("Targets: %s weights for %s samples, %s for each, do not divide its targets;"
                                    + " give one for each, or one for each step")
                            .formatted(weights.length, targets.size(), perSample));
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Targets: weight of sample %s is %s; it must be 0 or more, and finite"
                                .formatted(i / Math.max(1, perSample), weights[i]));
            }
        }
    }
}
