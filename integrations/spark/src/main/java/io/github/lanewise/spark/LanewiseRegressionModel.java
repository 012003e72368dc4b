package io.github.lanewise.spark;

import io.github.lanewise.nn.Layer;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A trained network that tells a number. */
public final class LanewiseRegressionModel extends RegressionModel<Vector, LanewiseRegressionModel>
        implements MLWritable {

    private static final long serialVersionUID = 1;

    private final String uid;
    private final Scorer scorer;

    LanewiseRegressionModel(String uid, byte[] file) {
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

    /** Returns the loss of each epoch of the training, of scaled labels if they were scaled. */
    public double[] trainingLoss() {
        return scorer.trainingLoss();
    }

    @Override
    public int numFeatures() {
        return scorer.features();
    }

    @Override
    public double predict(Vector features) {
        return scorer.predict(features, getFeaturesCol())[0];
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        transformSchema(dataset.schema(), true);
        return ScoredSchema.transform(
                dataset, scorer, getFeaturesCol(), "", "", getPredictionCol(), false, null);
    }

    @Override
    public LanewiseRegressionModel copy(ParamMap extra) {
        LanewiseRegressionModel copy = new LanewiseRegressionModel(uid, scorer.file());
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
    public static MLReader<LanewiseRegressionModel> read() {
        return new ModelReader<>(LanewiseRegressionModel.class, LanewiseRegressionModel::new);
    }

    /** Reads a saved model. */
    public static LanewiseRegressionModel load(String path) {
        return read().load(path);
    }

    @Override
    public String toString() {
        return "LanewiseRegressionModel: uid=%s, numFeatures=%s".formatted(uid, numFeatures());
    }
}
