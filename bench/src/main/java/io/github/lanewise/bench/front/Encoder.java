package io.github.lanewise.bench.front;

import java.util.ArrayList;
import java.util.List;

/**
 * Encoder layers of a transformer, normalized first, without dropout.
 *
 * @param layers how many
 * @param features of a step
 * @param heads of the attention
 * @param hidden units of the small network for each step
 */
public record Encoder(int layers, int features, int heads, int hidden) {

    /** Returns the operations of the products for a sequence, of which attention sees all. */
    List<Double> flops(int steps) {
        List<Double> flops = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            flops.add(steps * Front.product(features, 3 * features));
            // Scores and their sums of values, over all heads.
            flops.add(2 * steps * Front.product(steps, features));
            flops.add(steps * Front.product(features, features));
            flops.add(steps * Front.product(features, hidden));
            flops.add(steps * Front.product(hidden, features));
        }
        return flops;
    }
}
