package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import java.io.IOException;
import java.nio.file.Path;

/** A library that trains networks, as a worker sees it; ours is one of them. */
interface Stack {

    /** Returns the library's name and version. */
    String version();

    /** Returns whether its worker has the layers of a workload. */
    default boolean builds(Workload workload) {
        return workload.isCommon();
    }

    /** Returns whether it trains; what only answers is asked for nothing else. */
    default boolean trains() {
        return true;
    }

    /** Makes the training of a workload from given first parameters, on given samples. */
    Training training(Workload workload, Samples samples);

    /** Makes the network of a workload with given parameters, for batches of such a size. */
    Inference inference(Workload workload, int batch, Samples samples);

    /**
     * Takes one step of a workload as a user would who has just started: parameters and batch are
     * drawn by the library itself.
     *
     * @return the loss
     */
    float firstStep(Workload workload);

    /**
     * Trains the network of a workload for one epoch on MNIST, as this library's users would.
     *
     * @param folder holds the unpacked files of the training set
     * @return the loss of the last batch
     */
    float epoch(Workload workload, Path folder) throws IOException;

    /** A network being trained. */
    interface Training {

        /** Goes back to the first parameters and forgets what the optimizer remembers. */
        void restart();

        /** Switches dropout on or off, where a network has it. */
        default void dropout(boolean on) {}

        /** Takes a step on the next batch and returns the loss before it. */
        float step();
    }

    /** A network that answers; for one thread at a time. */
    interface Inference {

        /** Computes the outputs of the next batch, in memory of the caller's language. */
        void run();

        /** Returns the outputs of the first sample. */
        float[] outputs();

        /** Returns another one of the same weights, for another thread. */
        Inference forAnotherThread();
    }
}
