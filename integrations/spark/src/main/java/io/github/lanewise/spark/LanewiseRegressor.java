package io.github.lanewise.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * Learns a number from labelled vectors with a network, on the workers of the cluster, to the bits
 * that one machine gives.
 *
 * <pre>{@code
 * var regressor = new LanewiseRegressor().setLayers(new int[] {13, 64, 1}).setEpochs(5);
 * LanewiseRegressionModel model = regressor.fit(train);
 * Dataset<Row> predictions = model.transform(test);
 * }</pre>
 *
 * <p>It lowers the mean squared error. Workers and results are as with {@link LanewiseClassifier}.
 */
public final class LanewiseRegressor
        extends Regressor<Vector, LanewiseRegressor, LanewiseRegressionModel>
        implements LanewiseParams<LanewiseRegressor>, DefaultParamsWritable {

    private static final long serialVersionUID = 1;

    private final String uid;
    private final TrainingParams training;

    /** Makes a regressor with a name of its own. */
    public LanewiseRegressor() {
        this(Identifiable.randomUID("lanewiseRegressor"));
    }

    /** Makes a regressor. */
    public LanewiseRegressor(String uid) {
        this.uid = uid; // Spark's Params ask for it while they are made.
        super();
        this.training = new TrainingParams(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public TrainingParams training() {
        return training;
    }

    @Override
    public LanewiseRegressor self() {
        return this;
    }

    @Override
    public LanewiseRegressor copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /**
     * Trains.
     *
     * @throws IllegalArgumentException if Params, rows or cluster do not fit; says which
     * @throws IllegalStateException if training diverged
     */
    @Override
    public LanewiseRegressionModel train(Dataset<?> dataset) {
        Columns columns =
                new Columns(
                        "LanewiseRegressor",
                        getFeaturesCol(),
                        getLabelCol(),
                        getWeightCol(),
                        getIdCol(),
                        false);
        byte[] file = new Training(this, columns, dataset).run();
        return new LanewiseRegressionModel(Identifiable.randomUID("lanewiseRegressionModel"), file);
    }

    /** Returns what reads a saved regressor; Pipeline looks for it by this name. */
    public static MLReader<LanewiseRegressor> read() {
        return new DefaultParamsReader<>();
    }

    /** Reads a saved regressor. */
    public static LanewiseRegressor load(String path) {
        return read().load(path);
    }
}
