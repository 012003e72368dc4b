package io.github.lanewise.nn.faults;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.train.Trainer;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * Makes models, trains and asks each, and drops it: on this thread, on a virtual one, in a pool
 * that forks and joins, on one that is interrupted. All must give the same bits and none may stay.
 * Argument: how many. Prints the threads that are left.
 */
final class ManyModelsProgram {

    private static final float[][] INPUTS = new float[8][20];
    private static final int[] LABELS = {0, 1, 2, 0, 1, 2, 0, 1};

    static {
        for (int i = 0; i < INPUTS.length; i++) {
            for (int j = 0; j < INPUTS[i].length; j++) {
                INPUTS[i][j] = (i * 7 + j * 3) % 11 * 0.1f - 0.5f;
            }
        }
    }

    private ManyModelsProgram() {}

    private static int bits() {
        Layer model = new Sequential(new Linear(20, 30), new ReLU(), new Linear(30, 3));
        Trainer.trainOneStep(model, new SoftmaxCrossEntropy(), 0.1f, INPUTS, LABELS, 0);
        Matrix answer = InferenceSession.of(model, 8).predict(Matrix.copyOf(INPUTS));
        return Arrays.hashCode(answer.data());
    }

    private static int interrupted() {
        Thread.currentThread().interrupt();
        int bits = bits();
        if (!Thread.interrupted()) {
            throw new IllegalStateException("the interruption was swallowed");
        }
        return bits;
    }

    private static int onVirtualThread(Callable<Integer> work) throws Exception {
        FutureTask<Integer> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task.get();
    }

    public static void main(String[] arguments) throws Exception {
        int expected = bits();
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            int bits =
                    switch (i % 4) {
                        case 0 -> bits();
                        case 1 -> onVirtualThread(ManyModelsProgram::bits);
                        case 2 -> ForkJoinPool.commonPool().submit(() -> bits()).get();
                        default -> onVirtualThread(ManyModelsProgram::interrupted);
                    };
            if (bits != expected) {
                throw new IllegalStateException("model " + i + " has other bits");
            }
        }
        System.out.println("threads " + Thread.activeCount());
    }
}
