package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Reparameterize;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Test;

import java.util.List;

/** A variational autoencoder: one number for points of half a circle, and points from chance. */
class VaeTest {

    private static final int N = 200;
    private static final float NOISE = 0.01f;

    private final Matrix points = Matrix.zeros(N, 2);
    private final Sequential decoder =
            new Sequential(new Linear(1, 32), new Tanh(), new Linear(32, 2));
    private final TrainingStep step = program();

    private TrainingStep program() {
        for (int i = 0; i < N; i++) {
            points.data()[2 * i] = (float) Math.cos(Math.PI * i / N);
            points.data()[2 * i + 1] = (float) Math.sin(Math.PI * i / N);
        }
        // program
        Input x = new Input(2);
        Value code = x.then(new Linear(2, 32), new Tanh(), new Linear(32, 2));
        Value made = code.then(new Reparameterize(), decoder);
        Model vae = new Model(List.of(x), List.of(made, code));
        TrainingStep step = new TrainingStep(vae, new Adam(0.005f), new Shape(2), N);
        Matrix gradient = Matrix.zeros(N, 4);
        for (int i = 0; i < 2000; i++) {
            Matrix out = step.forward(points);
            for (int row = 0; row < N; row++) {
                for (int j = 0; j < 2; j++) { // of |made - point|^2 / (2 NOISE)
                    float error = out.at(row, j) - points.at(row, j);
                    gradient.data()[4 * row + j] = error / (NOISE * N);
                }
                float mean = out.at(row, 2);
                float logVariance = out.at(row, 3); // of (mean^2 + e^lv - 1 - lv) / 2
                gradient.data()[4 * row + 2] = mean / N;
                gradient.data()[4 * row + 3] = (float) (StrictMath.exp(logVariance) - 1) / (2 * N);
            }
            step.backward(gradient);
            step.step();
        }
        // end
        return step;
    }

    @Test
    void chanceBecomesPointsOfTheHalfCircle() {
        RandomStream random = new RandomStream(5);
        float[] z = new float[1];
        float[] point = new float[2];
        InferenceSession session = InferenceSession.of(decoder, 1);
        double off = 0;
        int left = 0;
        int right = 0;
        for (int i = 0; i < 300; i++) {
            z[0] = (float) random.gaussian();
            session.predict(z, point);
            off += Math.abs(Math.hypot(point[0], point[1]) - 1) / 300;
            left += point[0] < -0.5 ? 1 : 0;
            right += point[0] > 0.5 ? 1 : 0;
        }
        assertTrue(off < 0.05, off + " off the circle");
        assertEquals(100, left, 35);
        assertEquals(100, right, 35);
    }

    @Test
    void codesAreSpreadAsChanceIs() {
        Matrix out = step.forward(points);
        double mean = 0;
        double square = 0;
        for (int i = 0; i < N; i++) {
            mean += out.at(i, 2) / N;
            square += (out.at(i, 2) * out.at(i, 2) + Math.exp(out.at(i, 3))) / N;
        }
        assertEquals(0, mean, 0.15);
        assertEquals(1, square, 0.25);
    }
}
