package io.github.lanewise.examples.digits;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;

/** Pixels of images, one after another: unsigned bytes, or floats where a file has other types. */
public sealed interface Pixels {

    /** Returns how many there are. */
    int size();

    /** Returns one of them. */
    float at(int index);

    /** Returns their mean. */
    double mean();

    /** Returns the standard deviation from a mean. */
    double deviation(double mean);

    /**
     * Makes samples of them: (pixel - mean) / deviation.
     *
     * @param shape of one image
     * @param targets one for each image
     */
    Dataset dataset(Shape shape, Targets targets, double mean, double deviation);

    /** Unsigned bytes, which become floats only when a batch is gathered. */
    record Bytes(byte[] values) implements Pixels {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public float at(int index) {
            return values[index] & 0xff;
        }

        @Override
        public double mean() {
            long sum = 0;
            for (byte value : values) {
                sum += value & 0xff;
            }
            return (double) sum / values.length;
        }

        @Override
        public double deviation(double mean) {
            long squares = 0;
            for (byte value : values) {
                int ink = value & 0xff;
                squares += ink * ink;
            }
            double variance = (double) squares / values.length - mean * mean;
            return Math.sqrt(Math.max(variance, 1));
        }

        @Override
        public Dataset dataset(Shape shape, Targets targets, double mean, double deviation) {
            return Dataset.ofBytes(
                    values, shape, targets, (float) (1 / deviation), (float) (-mean / deviation));
        }
    }

    /** Finite floats of any size. */
    record Floats(float[] values) implements Pixels {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public float at(int index) {
            return values[index];
        }

        @Override
        public double mean() {
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        /** Of equal pixels, 1: there is nothing to scale. */
        @Override
        public double deviation(double mean) {
            double squares = 0;
            for (float value : values) {
                double away = value - mean;
                squares += away * away;
            }
            double deviation = Math.sqrt(squares / values.length);
            return deviation > 0 ? deviation : 1;
        }

        @Override
        public Dataset dataset(Shape shape, Targets targets, double mean, double deviation) {
            int features = shape.features();
            Matrix scaled = Matrix.zeros(values.length / features, features);
            for (int i = 0; i < values.length; i++) {
                scaled.data()[i] = (float) ((values[i] - mean) / deviation);
            }
            return Dataset.of(scaled, shape, targets);
        }
    }
}
