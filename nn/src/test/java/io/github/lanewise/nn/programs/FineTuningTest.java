package io.github.lanewise.nn.programs;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.ParameterGroup;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Fine-tuning: a loaded model's frozen body learns a related task from few samples. */
class FineTuningTest {

    private static float[] frozen;

    /** Points of the plane by the ring that they lie in, 0 to 3. */
    private static Dataset rings(int count, long seed, IntUnaryOperator label) {
        RandomStream random = new RandomStream(seed);
        Matrix x = Matrix.zeros(count, 2);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int ring = random.nextInt(4);
            double angle = 2 * Math.PI * random.uniform();
            double radius = 0.5 * ring + 0.15 + 0.2 * random.uniform();
            x.data()[2 * i] = (float) (radius * StrictMath.cos(angle));
            x.data()[2 * i + 1] = (float) (radius * StrictMath.sin(angle));
            labels[i] = label.applyAsInt(ring);
        }
        return Dataset.of(x, new Shape(2), Targets.labels(labels));
    }

    private static void pretrain(Path file) throws IOException {
        Sequential body =
                new Sequential(new Linear(2, 32), new Tanh(), new Linear(32, 16), new Tanh());
        Sequential model = new Sequential(body, new Linear(16, 4));
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f))
                .fit(rings(2000, 1, ring -> ring), 20, 32);
        ModelFile.save(model, file);
    }

    private static Sequential program(Path file, Dataset few) throws IOException {
        // program
        Layer body = ModelFile.load(file).children().get("0").trainable(false);
        Sequential model = new Sequential(body, new Linear(16, 2));
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        new Trainer(model, loss, new Adam(0.02f)).fit(few, 60, 10); // the new head alone
        // end of the first part
        frozen = weights(body);
        // second part
        body.trainable(true); // then all of it, the body at a tenth of the rate
        Optimizer gentle = new Adam(0.002f).group(ParameterGroup.of(body).rateFactor(0.1f));
        new Trainer(model, loss, gentle).fit(few, 10, 10);
        // end
        return model;
    }

    @Test
    void fewSamplesAreEnoughForABodyThatKnowsRings(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rings.safetensors");
        pretrain(file);
        IntUnaryOperator odd = ring -> ring % 2;
        Dataset few = rings(40, 2, odd);
        Sequential tuned = program(file, few);
        assertArrayEquals(weights(ModelFile.load(file).children().get("0")), frozen);
        assertFalse(Arrays.equals(frozen, weights(tuned.children().get("0"))));
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        Dataset unseen = rings(500, 3, odd);
        double known = new Trainer(tuned, loss, new Adam()).evaluate(unseen).accuracy();
        assertTrue(known > 0.95, "accuracy " + known);
        Sequential fresh =
                new Sequential(
                        new Linear(2, 32),
                        new Tanh(),
                        new Linear(32, 16),
                        new Tanh(),
                        new Linear(16, 2));
        Trainer alone = new Trainer(fresh, loss, new Adam(0.02f));
        alone.fit(few, 60, 10);
        assertTrue(alone.evaluate(unseen).accuracy() < known);
    }
}
