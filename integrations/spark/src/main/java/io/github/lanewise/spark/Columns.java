package io.github.lanewise.spark;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns that training reads.
 *
 * @param estimator what messages begin with
 * @param features column of vectors
 * @param label column of numbers
 * @param weight column of numbers; empty for none
 * @param id column of whole numbers or texts; empty for none
 * @param classes whether labels are classes
 */
record Columns(
        String estimator, String features, String label, String weight, String id, boolean classes)
        implements Serializable {

    private static final List<DataType> IDS =
            List.of(
                    DataTypes.ByteType,
                    DataTypes.ShortType,
                    DataTypes.IntegerType,
                    DataTypes.LongType,
                    DataTypes.StringType);

    /** Returns features, label, weight if there is one, id if there is one, in this order. */
    Dataset<Row> select(Dataset<?> dataset) {
        check(dataset.schema());
        List<Column> columns = new ArrayList<>();
        columns.add(col(quoted(features)));
        columns.add(col(quoted(label)).cast(DataTypes.DoubleType));
        if (!weight.isEmpty()) {
            columns.add(col(quoted(weight)).cast(DataTypes.DoubleType));
        }
        if (!id.isEmpty()) {
            columns.add(col(quoted(id)));
        }
        return dataset.select(columns.toArray(Column[]::new));
    }

    /** A name with a dot in it is no field of a struct, as in Spark ML. */
    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private void check(StructType schema) {
        require(schema, "featuresCol", features, SQLDataTypes.VectorType());
        if (!(type(schema, "labelCol", label) instanceof NumericType)) {
            throw wrongType("labelCol", label, schema, "a number");
        }
        if (!weight.isEmpty() && !(type(schema, "weightCol", weight) instanceof NumericType)) {
            throw wrongType("weightCol", weight, schema, "a number");
        }
        if (!id.isEmpty() && !IDS.contains(type(schema, "idCol", id))) {
            throw wrongType("idCol", id, schema, "a whole number or a text");
        }
    }

    private void require(StructType schema, String param, String name, DataType expected) {
        if (!type(schema, param, name).equals(expected)) {
            throw wrongType(param, name, schema, "a vector, as VectorAssembler makes them");
        }
    }

    private DataType type(StructType schema, String param, String name) {
        if (!Arrays.asList(schema.fieldNames()).contains(name)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s, and there is no such column; there are %s"
                            .formatted(
                                    estimator,
                                    param,
                                    name,
                                    String.join(", ", schema.fieldNames())));
        }
        return schema.apply(name).dataType();
    }

    private IllegalArgumentException wrongType(
            String param, String name, StructType schema, String expected) {
        return new IllegalArgumentException(
                "%s: %s, column %s, is %s; expected %s"
                        .formatted(
                                estimator,
                                param,
                                name,
                                schema.apply(name).dataType().simpleString(),
                                expected));
    }
}
