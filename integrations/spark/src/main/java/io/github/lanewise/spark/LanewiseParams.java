package io.github.lanewise.spark;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.model.Architecture;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The Params that the estimators have in common, beside those of Spark's own, with a getter and a
 * setter each, as Spark ML has them.
 *
 * @param <E> the estimator
 */
public interface LanewiseParams<E> extends Params {

    /** Returns the Params themselves; for this package. */
    TrainingParams training();

    /** Returns this estimator. */
    E self();

    /** Describes the network by a layer of this library, whose weights do not count. */
    default E setModel(Layer model) {
        return setModel(Architecture.toJson(model));
    }

    /** Returns the Param of the same name. */
    default Param<String> weightCol() {
        return training().weightCol;
    }

    /** Returns the column of the rows' weights; empty, the default, for none. */
    default String getWeightCol() {
        return getOrDefault(weightCol());
    }

    /** Sets what {@link #getWeightCol} returns. */
    default E setWeightCol(String value) {
        set(weightCol(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default Param<String> idCol() {
        return training().idCol;
    }

    /**
     * Returns the column of whole numbers or texts by which the rows are ordered; by default empty:
     * they are ordered by a hash of their content.
     */
    default String getIdCol() {
        return getOrDefault(idCol());
    }

    /** Sets what {@link #getIdCol} returns. */
    default E setIdCol(String value) {
        set(idCol(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntArrayParam layers() {
        return training().layers;
    }

    /**
     * Returns the widths from the input to the output, such as 784, 256, 10; by default hidden
     * layers of 256 and 128.
     */
    default int[] getLayers() {
        return getOrDefault(layers());
    }

    /** Sets what {@link #getLayers} returns. */
    default E setLayers(int[] value) {
        set(layers(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default Param<String> model() {
        return training().model;
    }

    /**
     * Returns the description of the network in place of layers, see {@link Architecture#toJson};
     * it takes rows of features.
     */
    default String getModel() {
        return getOrDefault(model());
    }

    /** Sets what {@link #getModel} returns. */
    default E setModel(String value) {
        set(model(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntArrayParam inputShape() {
        return training().inputShape;
    }

    /** Returns the shape of a row for the model; by default empty: a row of features. */
    default int[] getInputShape() {
        return getOrDefault(inputShape());
    }

    /** Sets what {@link #getInputShape} returns. */
    default E setInputShape(int[] value) {
        set(inputShape(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default DoubleParam dropout() {
        return training().dropout;
    }

    /**
     * Returns the share of the values behind each hidden layer of layers that training leaves out;
     * 0 unless set.
     */
    default double getDropout() {
        return (double) (Double) getOrDefault(dropout());
    }

    /** Sets what {@link #getDropout} returns. */
    default E setDropout(double value) {
        set(dropout(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntParam epochs() {
        return training().epochs;
    }

    /** Returns how often training goes over the rows; 10 unless set. */
    default int getEpochs() {
        return (int) (Integer) getOrDefault(epochs());
    }

    /** Sets what {@link #getEpochs} returns. */
    default E setEpochs(int value) {
        set(epochs(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntParam batchSize() {
        return training().batchSize;
    }

    /** Returns the rows of a step, on all workers together; 256 unless set. */
    default int getBatchSize() {
        return (int) (Integer) getOrDefault(batchSize());
    }

    /** Sets what {@link #getBatchSize} returns. */
    default E setBatchSize(int value) {
        set(batchSize(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntParam shards() {
        return training().shards;
    }

    /**
     * Returns the parts of each batch, a multiple of the workers, 8 unless set: results depend on
     * it, on the number of workers they do not.
     */
    default int getShards() {
        return (int) (Integer) getOrDefault(shards());
    }

    /** Sets what {@link #getShards} returns. */
    default E setShards(int value) {
        set(shards(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default Param<String> optimizer() {
        return training().optimizer;
    }

    /** Returns the optimizer: adam, the default, adamw or sgd, which has a momentum of 0.9. */
    default String getOptimizer() {
        return getOrDefault(optimizer());
    }

    /** Sets what {@link #getOptimizer} returns. */
    default E setOptimizer(String value) {
        set(optimizer(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default DoubleParam learningRate() {
        return training().learningRate;
    }

    /** Returns the learning rate at the start; 0.001 unless set. */
    default double getLearningRate() {
        return (double) (Double) getOrDefault(learningRate());
    }

    /** Sets what {@link #getLearningRate} returns. */
    default E setLearningRate(double value) {
        set(learningRate(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default Param<String> schedule() {
        return training().schedule;
    }

    /** Returns what becomes of the rate: linear, the default, to 0, or constant. */
    default String getSchedule() {
        return getOrDefault(schedule());
    }

    /** Sets what {@link #getSchedule} returns. */
    default E setSchedule(String value) {
        set(schedule(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default DoubleParam weightDecay() {
        return training().weightDecay;
    }

    /** Returns the penalty on the weights; 0 unless set. */
    default double getWeightDecay() {
        return (double) (Double) getOrDefault(weightDecay());
    }

    /** Sets what {@link #getWeightDecay} returns. */
    default E setWeightDecay(double value) {
        set(weightDecay(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default LongParam seed() {
        return training().seed;
    }

    /** Returns the seed of first weights, order of the rows and dropout; 1 unless set. */
    default long getSeed() {
        return (long) (Long) getOrDefault(seed());
    }

    /** Sets what {@link #getSeed} returns. */
    default E setSeed(long value) {
        set(seed(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default BooleanParam standardization() {
        return training().standardization;
    }

    /**
     * Returns whether features, and a regressor's labels, are scaled to mean 0 and variance 1 for
     * the training; they are unless set.
     */
    default boolean getStandardization() {
        return (boolean) (Boolean) getOrDefault(standardization());
    }

    /** Sets what {@link #getStandardization} returns. */
    default E setStandardization(boolean value) {
        set(standardization(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntParam numWorkers() {
        return training().numWorkers;
    }

    /**
     * Returns the tasks that train together, a divisor of shards; 0, the default, for as many as
     * the cluster has slots for.
     */
    default int getNumWorkers() {
        return (int) (Integer) getOrDefault(numWorkers());
    }

    /** Sets what {@link #getNumWorkers} returns. */
    default E setNumWorkers(int value) {
        set(numWorkers(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default Param<String> checkpointDir() {
        return training().checkpointDir;
    }

    /**
     * Returns the folder that all executors reach, for checkpoints to go on from after a worker was
     * lost; empty, the default, for SparkContext's, if it has one.
     */
    default String getCheckpointDir() {
        return getOrDefault(checkpointDir());
    }

    /** Sets what {@link #getCheckpointDir} returns. */
    default E setCheckpointDir(String value) {
        set(checkpointDir(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntParam checkpointInterval() {
        return training().checkpointInterval;
    }

    /**
     * Returns the steps between checkpoints; 0, the default, for one after each epoch and each
     * minute.
     */
    default int getCheckpointInterval() {
        return (int) (Integer) getOrDefault(checkpointInterval());
    }

    /** Sets what {@link #getCheckpointInterval} returns. */
    default E setCheckpointInterval(int value) {
        set(checkpointInterval(), value);
        return self();
    }

    /** Returns the Param of the same name. */
    default IntParam timeoutSeconds() {
        return training().timeoutSeconds;
    }

    /** Returns how long a worker may be silent before it is given up; 30 unless set. */
    default int getTimeoutSeconds() {
        return (int) (Integer) getOrDefault(timeoutSeconds());
    }

    /** Sets what {@link #getTimeoutSeconds} returns. */
    default E setTimeoutSeconds(int value) {
        set(timeoutSeconds(), value);
        return self();
    }
}
