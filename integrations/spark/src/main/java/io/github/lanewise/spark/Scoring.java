package io.github.lanewise.spark;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Adds a model's answers to rows, a batch at a time. */
final class Scoring implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1;

    private final Broadcast<Scorer> scorer;
    private final int features;
    private final String column;
    private final boolean classes;
    private final Answers answers;

    /**
     * Which columns are added, in this order.
     *
     * @param raw the network's outputs
     * @param probability of each class
     * @param prediction the class, or the number
     * @param thresholds of the classes, or null
     */
    record Answers(boolean raw, boolean probability, boolean prediction, double[] thresholds)
            implements Serializable {}

    /**
     * @param features index of the column of vectors
     * @param column its name
     */
    Scoring(
            Broadcast<Scorer> scorer,
            int features,
            String column,
            boolean classes,
            Answers answers) {
        this.scorer = scorer;
        this.features = features;
        this.column = column;
        this.classes = classes;
        this.answers = answers;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Batches(rows, scorer.value());
    }

    /** Reads a batch ahead, and gives its rows one by one. */
    private final class Batches implements Iterator<Row> {

        private final Iterator<Row> rows;
        private final Scorer model;
        private final Matrix inputs;
        private final Matrix outputs;
        private final Matrix shares;
        private final List<Row> batch = new ArrayList<>();
        private int next;

        Batches(Iterator<Row> rows, Scorer model) {
            this.rows = rows;
            this.model = model;
            this.inputs = Matrix.zeros(Scorer.BATCH, model.features());
            this.outputs = Matrix.zeros(Scorer.BATCH, model.outputs());
            this.shares = Matrix.zeros(Scorer.BATCH, classes ? model.outputs() : 0);
        }

        @Override
        public boolean hasNext() {
            return next < batch.size() || rows.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (next == batch.size()) {
                compute();
            }
            return answer(batch.get(next), next++);
        }

        private void compute() {
            batch.clear();
            next = 0;
            while (batch.size() < Scorer.BATCH && rows.hasNext()) {
                Row row = rows.next();
                Vector vector = row.isNullAt(features) ? null : row.getAs(features);
                model.put(vector, inputs.data(), batch.size() * inputs.cols(), column);
                batch.add(row);
            }
            Matrix results = outputs.rowRange(0, batch.size());
            model.predict(inputs.rowRange(0, batch.size()), results);
            if (classes) {
                Engine.kernels().softmax(results, shares.rowRange(0, batch.size()));
            }
        }

        private Row answer(Row row, int i) {
            List<Object> values = new ArrayList<>(row.size() + 3);
            for (int j = 0; j < row.size(); j++) {
                values.add(row.get(j));
            }
            double[] probabilities = classes ? doubles(shares, i) : null;
            if (answers.raw) {
                values.add(Vectors.dense(doubles(outputs, i)));
            }
            if (answers.probability) {
                values.add(Vectors.dense(probabilities));
            }
            if (answers.prediction) {
                values.add(
                        classes
                                ? best(doubles(outputs, i), probabilities, answers.thresholds)
                                : (double) outputs.at(i, 0));
            }
            return RowFactory.create(values.toArray());
        }
    }

    private static double[] doubles(Matrix rows, int i) {
        double[] values = new double[rows.cols()];
        for (int j = 0; j < values.length; j++) {
            values[j] = rows.at(i, j);
        }
        return values;
    }

    /** Returns the class of the largest output, or of the largest probability / threshold. */
    static double best(double[] outputs, double[] probabilities, double[] thresholds) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < outputs.length; j++) {
            double value = outputs[j];
            if (thresholds != null) {
                value =
                        thresholds[j] == 0
                                ? Double.POSITIVE_INFINITY
                                : probabilities[j] / thresholds[j];
            }
            if (value > most) {
                most = value;
                best = j;
            }
        }
        return best;
    }
}
