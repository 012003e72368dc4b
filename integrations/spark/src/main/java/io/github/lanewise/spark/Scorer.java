package io.github.lanewise.spark;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.model.ModelFile;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A trained network that travels as its file. One JVM opens it once, and all its tasks share what
 * was opened.
 */
final class Scorer implements Serializable {

    private static final long serialVersionUID = 1;

    /** Rows that are computed at once. */
    static final int BATCH = 256;

    private final byte[] file;
    private transient ModelFile model;
    private transient InferenceSession session;

    Scorer(byte[] file) {
        this.file = file;
    }

    byte[] file() {
        return file;
    }

    synchronized ModelFile model() {
        if (model == null) {
            try {
                model = ModelBytes.open(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return model;
    }

    private synchronized InferenceSession session() {
        if (session == null) {
            session =
                    InferenceSession.of(model().model(), model().inputShape(), BATCH)
                            .onCallersThread();
        }
        return session;
    }

    int features() {
        return session().inputShape().features();
    }

    int outputs() {
        return session().outputShape().features();
    }

    /** Computes rows of outputs. */
    void predict(Matrix inputs, Matrix outputs) {
        session().predict(inputs, outputs);
    }

    /** Computes the outputs for one vector. */
    double[] predict(Vector vector, String column) {
        float[] inputs = new float[features()];
        put(vector, inputs, 0, column);
        float[] outputs = session().predict(inputs);
        double[] result = new double[outputs.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = outputs[i];
        }
        return result;
    }

    /**
     * Writes a vector's values as floats.
     *
     * @throws IllegalArgumentException if it has not as many as the model takes, or one is not
     *     finite
     */
    void put(Vector vector, float[] into, int place, String column) {
        if (vector == null) {
            throw new IllegalArgumentException(
                    "%s is null in a row; drop or fill such rows".formatted(column));
        }
        if (vector.size() != features()) {
            throw new IllegalArgumentException(
                    "%s has %s values in a row; the model was trained on %s"
                            .formatted(column, vector.size(), features()));
        }
        String complaint = RowCheck.finite(vector, column);
        if (complaint != null) {
            throw new IllegalArgumentException(complaint);
        }
        double[] values = vector instanceof DenseVector dense ? dense.values() : vector.toArray();
        for (int i = 0; i < values.length; i++) {
            into[place + i] = (float) values[i];
        }
    }

    double[] trainingLoss() {
        try {
            List<Json> losses =
                    model().metadata(Learning.LOSSES).orElse(Json.of(List.of())).elements();
            double[] all = new double[losses.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = losses.get(i).asDouble();
            }
            return all;
        } catch (FormatException e) {
            throw new UncheckedIOException(e);
        }
    }
}
