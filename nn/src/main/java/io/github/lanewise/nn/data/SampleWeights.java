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

    private static float[] product(float[] a, float[] b) {
        float[] product = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = a[i] * b[i];
        }
        return product;
    }

    static void check(Targets targets, float[] weights) {
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(weights, "weights");
        if (targets instanceof Targets.Weighted || targets instanceof Targets.Several) {
            throw new IllegalArgumentException(
                    "Targets: a %s cannot be weighted as one; use Targets.weighted(...)"
                            .formatted(targets.getClass().getSimpleName()));
        }
        if (targets.size() != weights.length) {
            throw new IllegalArgumentException(
                    "Targets: %d weights for %d samples; give one for each"
                            .formatted(weights.length, targets.size()));
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "Targets: weight of sample %d is %s; it must be 0 or more, and finite"
                                .formatted(i, weights[i]));
            }
        }
    }
}
