package io.github.lanewise.spark;

import io.github.lanewise.nn.Shape;

import java.io.Serializable;

/**
 * All that a worker must know; equal on all of them.
 *
 * @param estimator what messages begin with
 * @param run names this call of fit
 * @param rows how many there are
 * @param features of a row
 * @param outputs of the network: at least so many classes, or 1
 * @param classes whether labels are classes
 * @param weighted whether rows have weights
 * @param layers widths, or none
 * @param model description in place of layers, or empty
 * @param inputShape of a row for the model, or none
 * @param dropout share behind the hidden layers of layers
 * @param epochs over the rows
 * @param batchSize rows of a step
 * @param shards parts of a batch
 * @param optimizer by its name
 * @param learningRate at the start
 * @param schedule by its name
 * @param weightDecay penalty
 * @param seed of everything random
 * @param standardization whether features and numbers to be learnt are scaled
 * @param checkpointDir this run's own folder, or empty
 * @param checkpointInterval in steps, or 0
 * @param timeoutSeconds of silence
 */
record TrainingPlan(
        String estimator,
        String run,
        int rows,
        int features,
        int outputs,
        boolean classes,
        boolean weighted,
        int[] layers,
        String model,
        int[] inputShape,
        double dropout,
        int epochs,
        int batchSize,
        int shards,
        String optimizer,
        double learningRate,
        String schedule,
        double weightDecay,
        long seed,
        boolean standardization,
        String checkpointDir,
        int checkpointInterval,
        int timeoutSeconds)
        implements Serializable {

    /** Returns the shape of a row for the network. */
    Shape shape() {
        return inputShape.length == 0 ? new Shape(features) : new Shape(inputShape);
    }
}
