package io.github.lanewise.spark;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up rows: clusters of points with their class, and a number that follows from the point. */
final class Rows {

    static final int FEATURES = 4;
    static final int CLASSES = 3;

    static final StructType SCHEMA =
            new StructType()
                    .add("id", DataTypes.LongType)
                    .add("features", SQLDataTypes.VectorType())
                    .add("label", DataTypes.DoubleType)
                    .add("weight", DataTypes.DoubleType)
                    .add("number", DataTypes.DoubleType);

    private Rows() {}

    static List<Row> make(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(CLASSES);
            double[] x = new double[FEATURES];
            for (int j = 0; j < FEATURES; j++) {
                double center = j % CLASSES == label ? 2 : 0;
                x[j] = 100 * j + (j + 1) * (center + random.nextGaussian());
            }
            double number = 5000 + 300 * (x[0] - x[1] / 2) + 10 * random.nextGaussian();
            rows.add(
                    RowFactory.create(
                            (long) i, Vectors.dense(x), (double) label, 0.5 + i % 2, number));
        }
        return rows;
    }

    static Dataset<Row> of(SparkSession spark, List<Row> rows, int partitions) {
        return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
    }
}
