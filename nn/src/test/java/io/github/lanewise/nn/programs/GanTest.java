package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.BCEWithLogitsLoss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** An adversarial network: a generator learns numbers of mean 2 and deviation 0.5 of a critic. */
class GanTest {

    private static final int N = 128;

    private final RandomStream random = new RandomStream(3);
    private final Targets real = Targets.values(filled(1));
    private final Targets fake = Targets.values(filled(0));

    private static Matrix filled(float value) {
        Matrix filled = Matrix.zeros(N, 1);
        Arrays.fill(filled.data(), value);
        return filled;
    }

    private void draw(Matrix into, double mean, double deviation) {
        for (int i = 0; i < into.size(); i++) {
            into.data()[i] = (float) (mean + deviation * random.gaussian());
        }
    }

    private TrainingStep program() {
        // program
        Sequential generator = new Sequential(new Linear(2, 16), new Tanh(), new Linear(16, 1));
        Sequential critic =
                new Sequential(new Linear(1, 16), new LeakyReLU(0.2f), new Linear(16, 1));
        Adam slow = new Adam(0.002f).betas(0.5f, 0.9f);
        TrainingStep g = new TrainingStep(generator, slow, new Shape(2), N);
        TrainingStep c =
                new TrainingStep(critic, new Adam(0.004f).betas(0.5f, 0.9f), new Shape(1), N);
        LossPass loss = new BCEWithLogitsLoss().bind(new Shape(1), Workspace.training(N));
        Matrix samples = Matrix.zeros(N, 1);
        Matrix noise = Matrix.zeros(N, 2);
        for (int i = 0; i < 3000; i++) {
            draw(samples, 2, 0.5);
            draw(noise, 0, 1);
            Matrix made = g.forward(noise);
            loss.forward(c.forward(samples), real);
            c.backward(loss.backward());
            loss.forward(c.forward(made), fake);
            c.backward(loss.backward()); // adds up with the one before
            c.step();
            loss.forward(c.forward(made), real); // what would the critic rather see?
            g.backward(c.inputGradient(loss.backward()));
            g.step();
        }
        // end
        return g;
    }

    @Test
    void whatIsMadeIsSpreadAsWhatThereIs() {
        TrainingStep generator = program();
        Matrix noise = Matrix.zeros(N, 2);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 50; i++) {
            draw(noise, 0, 1);
            Matrix made = generator.forward(noise);
            for (int row = 0; row < N; row++) {
                sum += made.at(row, 0);
                squares += made.at(row, 0) * made.at(row, 0);
            }
        }
        double mean = sum / (50 * N);
        assertEquals(2, mean, 0.25);
        assertEquals(0.5, Math.sqrt(squares / (50 * N) - mean * mean), 0.25);
    }
}
