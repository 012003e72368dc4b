package io.github.lanewise.nn;

import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;

/** Two noisy ellipses, one inside the other, with the seed's network that tells them apart. */
public final class Ellipses {

    private final float[][] points;
    private final int[] labels;

    public Ellipses(int count, long seed) {
        RandomStream random = new RandomStream(seed);
        points = new float[count][2];
        labels = new int[count];
        for (int i = 0; i < count; i++) {
            double angle = 2 * Math.PI * random.uniform();
            double radius = i % 2 == 0 ? 0.4 : 1;
            labels[i] = i % 2;
            points[i][0] = (float) (2 * radius * StrictMath.cos(angle) + 0.05 * random.gaussian());
            points[i][1] = (float) (radius * StrictMath.sin(angle) + 0.05 * random.gaussian());
        }
    }

    public float[][] points() {
        return points;
    }

    public int[] labels() {
        return labels;
    }

    public Dataset dataset() {
        return Dataset.of(points, labels);
    }

    public static Sequential network() {
        return new Sequential(
                new Linear(2, 20),
                new ReLU(),
                new Linear(20, 10),
                new ReLU(),
                new Linear(10, 5),
                new ReLU(),
                new Linear(5, 2));
    }
}
