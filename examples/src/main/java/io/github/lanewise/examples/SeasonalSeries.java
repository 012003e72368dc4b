package io.github.lanewise.examples;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.init.RandomStream;

/**
 * A made-up load, hour by hour: a day and a week that repeat, weekends that are quieter, a level
 * that wanders, and noise.
 *
 * @param values one for each hour
 */
record SeasonalSeries(float[] values) {

    static final int DAY = 24;
    static final int WEEK = 7 * DAY;

    /** So much the level keeps of itself from hour to hour, and so much chance adds. */
    private static final double KEPT = 0.995;

    private static final double WANDER = 0.03;
    private static final double NOISE = 0.08;

    /** Draws a series. */
    static SeasonalSeries draw(int hours, long seed) {
        RandomStream random = new RandomStream(seed).stream("series");
        float[] values = new float[hours];
        double level = 0;
        for (int t = 0; t < hours; t++) {
            level = KEPT * level + WANDER * random.gaussian();
            double hour = 2 * Math.PI * (t % DAY) / DAY;
            double day = StrictMath.sin(hour - 2) + 0.4 * StrictMath.sin(2 * hour + 0.5);
            boolean weekend = t % WEEK >= 5 * DAY;
            double load = (weekend ? 0.5 : 1) * day - (weekend ? 0.4 : 0);
            values[t] = (float) (load + level + NOISE * random.gaussian());
        }
        return new SeasonalSeries(values);
    }

    /**
     * Makes a sample of each hour from which there is enough past and future: the hours before it,
     * and those from it on.
     *
     * @param from first hour that is to be forecast
     * @param to the hour after the last
     * @param past hours that the network sees
     * @param future hours that it forecasts
     */
    Dataset windows(int from, int to, int past, int future) {
        int count = to - future - from + 1;
        Matrix seen = Matrix.zeros(count, past);
        Matrix next = Matrix.zeros(count, future);
        for (int i = 0; i < count; i++) {
            System.arraycopy(values, from + i - past, seen.data(), i * past, past);
            System.arraycopy(values, from + i, next.data(), i * future, future);
        }
        return Dataset.of(seen, new Shape(past, 1), Targets.values(next));
    }
}
