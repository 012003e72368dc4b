package io.github.lanewise.spark;

import io.github.lanewise.nn.Layer;

import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import scala.Tuple3;

/**
 * A trained network that tells classes. Raw predictions are its outputs, probabilities their
 * softmax.
 */
public final class LanewiseClassificationModel
        extends ProbabilisticClassificationModel<Vector, LanewiseClassificationModel>
        implements MLWritable {

    private static final long serialVersionUID = 1;

    private final String uid;
    private final Scorer scorer;

    LanewiseClassificationModel(String uid, byte[] file) {
        this.uid = uid; // Spark's Params ask for it while they are made.
        super();
        this.scorer = new Scorer(file);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Returns the network itself. */
    public Layer network() {
        return scorer.model().model();
    }

    /** Returns the loss of each epoch of the training. */
    public double[] trainingLoss() {
        return scorer.trainingLoss();
    }

    @Override
    public int numClasses() {
        return scorer.outputs();
    }

    @Override
    public int numFeatures() {
        return scorer.features();
    }

    @Override
    public Vector predictRaw(Vector features) {
        return Vectors.dense(scorer.predict(features, getFeaturesCol()));
    }

    @Override
    public Vector raw2probabilityInPlace(Vector raw) {
        if (!(raw instanceof DenseVector dense)) {
            throw new IllegalArgumentException(
                    "LanewiseClassificationModel: raw predictions are sparse; give a dense vector");
        }
        double[] values = dense.values();
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = Math.max(most, value);
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = StrictMath.exp(values[i] - most);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return raw;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema(), true);
        double[] limits = isDefined(thresholds()) ? getThresholds() : null;
        if (limits != null && limits.length != numClasses()) {
            throw new IllegalArgumentException(
                    "LanewiseClassificationModel: there are %s thresholds and %s classes; give one for each"
                            .formatted(limits.length, numClasses()));
        }
        return ScoredSchema.transform(
                dataset,
                scorer,
                getFeaturesCol(),
                getRawPredictionCol(),
                getProbabilityCol(),
                getPredictionCol(),
                true,
                limits);
    }

    /**
     * Returns a model and two names of columns, for summaries of Spark's own. Both superclasses
     * have such a method, whose types Java cannot tell apart.
     */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Tuple3 findSummaryModel() {
        return new Tuple3(this, getProbabilityCol(), getPredictionCol());
    }

    @Override
    public LanewiseClassificationModel copy(ParamMap extra) {
        LanewiseClassificationModel copy = new LanewiseClassificationModel(uid, scorer.file());
        copyValues(copy, extra);
        copy.setParent(parent());
        return copy;
    }

    /** Returns what saves this model: Spark's metadata, and model.safetensors. */
    @Override
    public MLWriter write() {
        return new ModelWriter(this, scorer.file());
    }

    /** Returns what reads a saved model; PipelineModel looks for it by this name. */
    public static MLReader<LanewiseClassificationModel> read() {
        return new ModelReader<>(
                LanewiseClassificationModel.class, LanewiseClassificationModel::new);
    }

    /** Reads a saved model. */
    public static LanewiseClassificationModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "LanewiseClassificationModel: uid=%s, numClasses=%s, numFeatures=%s"
                .formatted(uid, numClasses(), numFeatures());
    }
}
