package io.github.lanewise.nn.inference;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Softmax;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class SharedInferenceTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 50;

    /** The model is fresh: the threads also compete to draw its first weights. */
    @Test
    void eightThreadsOnOneModelGetTheSameBits() throws Exception {
        Sequential model =
                new Sequential(new Linear(50, 64), new ReLU(), new Linear(64, 10), new Softmax());
        List<Callable<float[][]>> callers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            callers.add(() -> infer(model));
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            List<Future<float[][]>> results = executor.invokeAll(callers);
            float[][] expected = infer(model);
            for (Future<float[][]> result : results) {
                for (int round = 0; round < ROUNDS; round++) {
                    assertArrayEquals(expected[round], result.get()[round]);
                }
            }
        }
    }

    private static float[][] infer(Layer model) {
        Pass pass = model.bind(new Shape(50), Workspace.inference(4));
        float[][] outputs = new float[ROUNDS][];
        for (int round = 0; round < ROUNDS; round++) {
            Matrix inputs = gaussian(4, 50, round);
            outputs[round] = values(pass.forward(inputs));
        }
        return outputs;
    }
}
