package io.github.lanewise.spark;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import scala.reflect.ClassTag$;

/** Makes a dataset of another and a model's answers. */
final class ScoredSchema {

    private ScoredSchema() {}

    /** Adds the columns whose names are not empty, in this order. */
    static Dataset<Row> transform(
            Dataset<?> dataset,
            Scorer scorer,
            String features,
            String raw,
            String probability,
            String prediction,
            boolean classes,
            double[] thresholds) {
        StructType schema = dataset.schema();
        int index = schema.fieldIndex(features);
        if (!raw.isEmpty()) {
            schema = schema.add(raw, SQLDataTypes.VectorType());
        }
        if (!probability.isEmpty()) {
            schema = schema.add(probability, SQLDataTypes.VectorType());
        }
        if (!prediction.isEmpty()) {
            schema = schema.add(prediction, DataTypes.DoubleType, false);
        }
        Scoring.Answers answers =
                new Scoring.Answers(
                        !raw.isEmpty(), !probability.isEmpty(), !prediction.isEmpty(), thresholds);
        var broadcast =
                dataset.sparkSession()
                        .sparkContext()
                        .broadcast(scorer, ClassTag$.MODULE$.<Scorer>apply(Scorer.class));
        return dataset.toDF()
                .mapPartitions(
                        new Scoring(broadcast, index, features, classes, answers),
                        Encoders.row(schema));
    }
}
