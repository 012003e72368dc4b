package io.github.lanewise.spark;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * MNIST's training digits, scaled as examples/run mnist scales them.
 *
 * @param pixels image after image
 * @param labels one for each image
 * @param scale factor of a pixel
 * @param shift added after
 */
record Mnist(byte[] pixels, int[] labels, float scale, float shift) {

    static final int FEATURES = 784;

    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;

    /** One copy in a JVM, however many tasks ask. */
    private static final Map<String, Mnist> READ = new ConcurrentHashMap<>();

    static Mnist of(String folder) {
        return READ.computeIfAbsent(folder, Mnist::read);
    }

    private static Mnist read(String folder) {
        byte[] pixels = bytes(folder, "train-images-idx3-ubyte.gz", IMAGE_HEADER);
        byte[] classes = bytes(folder, "train-labels-idx1-ubyte.gz", LABEL_HEADER);
        int[] labels = new int[classes.length];
        long sum = 0;
        long squares = 0;
        for (byte pixel : pixels) {
            int ink = pixel & 0xff;
            sum += ink;
            squares += ink * ink;
        }
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes[i];
        }
        double mean = (double) sum / pixels.length;
        double deviation = Math.sqrt((double) squares / pixels.length - mean * mean);
        return new Mnist(pixels, labels, (float) (1 / deviation), (float) (-mean / deviation));
    }

    private static byte[] bytes(String folder, String name, int header) {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(Path.of(folder, name)), 1 << 16)) {
            in.skipNBytes(header);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("MNIST: " + e, e);
        }
    }

    Dataset dataset(Shape shape) {
        return Dataset.ofBytes(pixels, shape, Targets.labels(labels), scale, shift);
    }

    /** Makes the rows where they are needed; only the folder travels. */
    static org.apache.spark.sql.Dataset<Row> rows(
            SparkSession spark, String folder, int partitions) {
        int count = Mnist.of(folder).labels.length;
        MapPartitionsFunction<Long, Row> rows = numbers -> Mnist.of(folder).rows(numbers);
        return spark.range(0, count, 1, partitions)
                .repartition(partitions)
                .mapPartitions(rows, Encoders.row(Rows.SCHEMA));
    }

    private Iterator<Row> rows(Iterator<Long> numbers) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public Row next() {
                long number = numbers.next();
                double[] x = new double[FEATURES];
                for (int j = 0; j < FEATURES; j++) {
                    x[j] = Math.fma(pixels[(int) number * FEATURES + j] & 0xff, scale, shift);
                }
                double label = labels[(int) number];
                return RowFactory.create(number, Vectors.dense(x), label, 1.0, 0.0);
            }
        };
    }
}
