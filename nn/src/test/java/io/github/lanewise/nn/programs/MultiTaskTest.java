package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.JointLoss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.ArgMax;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Multi-task: of a point, which quadrant it is in and how far out, from one trunk. */
class MultiTaskTest {

    private static final int SIZE = 1000;

    private final Matrix points = Matrix.zeros(SIZE, 2);
    private final int[] quadrants = new int[SIZE];
    private final Matrix distances = Matrix.zeros(SIZE, 1);

    private void draw(long seed) {
        RandomStream random = new RandomStream(seed);
        for (int i = 0; i < SIZE; i++) {
            float x = (float) random.gaussian();
            float y = (float) random.gaussian();
            points.data()[2 * i] = x;
            points.data()[2 * i + 1] = y;
            quadrants[i] = (x > 0 ? 1 : 0) + (y > 0 ? 2 : 0);
            distances.data()[i] = (float) Math.sqrt(x * x + y * y);
        }
    }

    private List<Matrix> program() {
        draw(1);
        // program
        Input point = new Input(2);
        Value trunk = point.then(new Linear(2, 32), new ReLU(), new Linear(32, 32), new ReLU());
        Value quadrant = trunk.then(new Linear(32, 4));
        Value distance = trunk.then(new Linear(32, 1));
        Model model = new Model(List.of(point), List.of(quadrant, distance));
        JointLoss loss =
                JointLoss.of(model, new SoftmaxCrossEntropy(), new MSELoss()).weights(1, 2);
        Targets both = Targets.several(Targets.labels(quadrants), Targets.values(distances));
        Trainer trainer = new Trainer(model, loss, new Adam(0.01f));
        trainer.fit(Dataset.of(points, new Shape(2), both), 20, 50);
        // end
        draw(2);
        return model.splitOutputs(trainer.predict(points, new Shape(2)));
    }

    @Test
    void bothAreLearnt() {
        List<Matrix> outputs = program();
        int[] found = ArgMax.of(outputs.get(0));
        int right = 0;
        double error = 0;
        for (int i = 0; i < SIZE; i++) {
            right += found[i] == quadrants[i] ? 1 : 0;
            error += Math.abs(outputs.get(1).at(i, 0) - distances.at(i, 0)) / SIZE;
        }
        assertTrue(right > 0.95 * SIZE, right + " of " + SIZE);
        assertTrue(error < 0.1, "error " + error);
    }
}
