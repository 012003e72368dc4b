package io.github.lanewise.spark;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

import java.io.Serializable;
import java.util.List;

/** The Params of an estimator beside those that Spark's own classes bring. */
final class TrainingParams implements Serializable {

    private static final long serialVersionUID = 1;

    static final String[] OPTIMIZERS = {"adam", "adamw", "sgd"};
    static final String[] SCHEDULES = {"constant", "linear"};

    final Param<String> weightCol;
    final Param<String> idCol;
    final IntArrayParam layers;
    final Param<String> model;
    final IntArrayParam inputShape;
    final DoubleParam dropout;
    final IntParam epochs;
    final IntParam batchSize;
    final IntParam shards;
    final Param<String> optimizer;
    final DoubleParam learningRate;
    final Param<String> schedule;
    final DoubleParam weightDecay;
    final LongParam seed;
    final BooleanParam standardization;
    final IntParam numWorkers;
    final Param<String> checkpointDir;
    final IntParam checkpointInterval;
    final IntParam timeoutSeconds;

    TrainingParams(Params owner) {
        weightCol = text(owner, "weightCol", "column of the rows' weights; empty for none");
        idCol =
                text(
                        owner,
                        "idCol",
                        "column of whole numbers or texts, each its own, by which the rows are"
                                + " ordered; empty to order them by a hash of their content");
        layers =
                new IntArrayParam(
                        owner,
                        "layers",
                        "widths from the input to the output, such as 784,256,10, with ReLU"
                                + " between; empty for hidden layers of 256 and 128");
        model =
                text(
                        owner,
                        "model",
                        "description of the network as JSON, as Architecture writes it, in place"
                                + " of layers; it takes rows of features");
        inputShape =
                new IntArrayParam(
                        owner,
                        "inputShape",
                        "shape of a row for model, such as 1,28,28; empty for a row of features");
        dropout =
                new DoubleParam(
                        owner,
                        "dropout",
                        "share of the values behind each hidden layer of layers that training"
                                + " leaves out",
                        ParamValidators.inRange(0, 1, true, false));
        epochs = positive(owner, "epochs", "passes over the rows");
        batchSize = positive(owner, "batchSize", "rows of a step, on all workers together");
        shards =
                positive(
                        owner,
                        "shards",
                        "parts of each batch, a multiple of the workers; results depend on it, on"
                                + " the number of workers they do not");
        optimizer = oneOf(owner, "optimizer", OPTIMIZERS, "; sgd has a momentum of 0.9");
        learningRate =
                new DoubleParam(
                        owner, "learningRate", "learning rate at the start", ParamValidators.gt(0));
        schedule =
                oneOf(owner, "schedule", SCHEDULES, ": what becomes of the rate, linear is to 0");
        weightDecay =
                new DoubleParam(
                        owner, "weightDecay", "penalty on the weights", ParamValidators.gtEq(0));
        seed = new LongParam(owner, "seed", "of first weights, order of the rows and dropout");
        standardization =
                new BooleanParam(
                        owner,
                        "standardization",
                        "whether features, and a regressor's labels, are scaled to mean 0 and"
                                + " variance 1 for the training");
        numWorkers =
                new IntParam(
                        owner,
                        "numWorkers",
                        "tasks that train together, a divisor of shards; 0 for as many as the"
                                + " cluster has slots for",
                        ParamValidators.gtEq(0));
        checkpointDir =
                text(
                        owner,
                        "checkpointDir",
                        "folder that all executors reach, for checkpoints to go on from after a"
                                + " worker was lost; empty for SparkContext's, if it has one");
        checkpointInterval =
                new IntParam(
                        owner,
                        "checkpointInterval",
                        "steps between checkpoints; 0 for one after each epoch and each minute",
                        ParamValidators.gtEq(0));
        timeoutSeconds =
                positive(
                        owner,
                        "timeoutSeconds",
                        "how long a worker may be silent before it is given up");
        setDefaults(owner);
    }

    private void setDefaults(Params owner) {
        owner.setDefault(weightCol, "");
        owner.setDefault(idCol, "");
        owner.setDefault(layers, new int[0]);
        owner.setDefault(model, "");
        owner.setDefault(inputShape, new int[0]);
        owner.setDefault(dropout, 0.0);
        owner.setDefault(epochs, 10);
        owner.setDefault(batchSize, 256);
        owner.setDefault(shards, 8);
        owner.setDefault(optimizer, "adam");
        owner.setDefault(learningRate, 0.001);
        owner.setDefault(schedule, "linear");
        owner.setDefault(weightDecay, 0.0);
        owner.setDefault(seed, 1L);
        owner.setDefault(standardization, true);
        owner.setDefault(numWorkers, 0);
        owner.setDefault(checkpointDir, "");
        owner.setDefault(checkpointInterval, 0);
        owner.setDefault(timeoutSeconds, 30);
    }

    private static Param<String> text(Params owner, String name, String doc) {
        return new Param<>(owner, name, doc);
    }

    private static Param<String> oneOf(Params owner, String name, String[] values, String more) {
        String doc = "one of " + String.join(", ", values) + more;
        return new Param<>(owner, name, doc, ParamValidators.inArray(List.of(values)));
    }

    private static IntParam positive(Params owner, String name, String doc) {
        return new IntParam(owner, name, doc, ParamValidators.gtEq(1));
    }
}
