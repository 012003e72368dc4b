package io.github.lanewise.spark;

import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * Learns classes from labelled vectors with a network, on the workers of the cluster, to the bits
 * that one machine gives.
 *
 * <pre>{@code
 * var classifier = new LanewiseClassifier().setLayers(new int[] {784, 256, 10}).setEpochs(5);
 * LanewiseClassificationModel model = classifier.fit(train);
 * Dataset<Row> predictions = model.transform(test);
 * }</pre>
 *
 * <p>Labels are the classes, counted from 0, as StringIndexer makes them. The workers are the tasks
 * of one barrier stage; if one is lost, Spark starts the stage again, and training goes on from the
 * newest checkpoint. The result is a function of the rows and of the Params; partitioning, workers,
 * their threads and their CPUs change nothing.
 */
public final class LanewiseClassifier
        extends ProbabilisticClassifier<Vector, LanewiseClassifier, LanewiseClassificationModel>
        implements LanewiseParams<LanewiseClassifier>, DefaultParamsWritable {

    private static final long serialVersionUID = 1;

    private final String uid;
    private final TrainingParams training;

    /** Makes a classifier with a name of its own. */
    public LanewiseClassifier() {
        this(Identifiable.randomUID("lanewiseClassifier"));
    }

    /** Makes a classifier. */
    public LanewiseClassifier(String uid) {
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
    public LanewiseClassifier self() {
        return this;
    }

    @Override
    public LanewiseClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /**
     * Trains.
     *
     * @throws IllegalArgumentException if Params, rows or cluster do not fit; says which
     * @throws IllegalStateException if training diverged
     */
    @Override
    public LanewiseClassificationModel train(Dataset<?> dataset) {
        Columns columns =
                new Columns(
                        "LanewiseClassifier",
                        getFeaturesCol(),
                        getLabelCol(),
                        getWeightCol(),
                        getIdCol(),
                        true);
        byte[] file = new Training(this, columns, dataset).run();
        return new LanewiseClassificationModel(
                Identifiable.randomUID("lanewiseClassificationModel"), file);
    }

    /** Returns what reads a saved classifier; Pipeline looks for it by this name. */
    public static MLReader<LanewiseClassifier> read() {
        return new DefaultParamsReader<>();
    }

    /** Reads a saved classifier. */
    public static LanewiseClassifier load(String path) {
        return read().load(path);
    }
}
