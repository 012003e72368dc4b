package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Test;

/** REINFORCE on cart-pole: keeps a pole upright by pushing the cart that it stands on. */
class ReinforceTest {

    private static final int CARTS = 32;
    private static final int STEPS = 200;

    private final RandomStream random = new RandomStream(1);
    private final Matrix states = Matrix.zeros(CARTS * STEPS, 4);
    private final int[] actions = new int[CARTS * STEPS];
    private final int[] lengths = new int[CARTS];

    /** Moves a cart by a fiftieth of a second (Barto, Sutton and Anderson, 1983). */
    private static boolean push(double[] s, int action) {
        double force = action == 1 ? 10 : -10;
        double sin = StrictMath.sin(s[2]);
        double cos = StrictMath.cos(s[2]);
        double pull = (force + 0.05 * s[3] * s[3] * sin) / 1.1;
        double turn = (9.8 * sin - cos * pull) / (0.5 * (4 / 3.0 - 0.1 * cos * cos / 1.1));
        double speed = pull - 0.05 * turn * cos / 1.1;
        double[] change = {s[1], speed, s[3], turn};
        for (int i = 0; i < 4; i++) {
            s[i] += 0.02 * change[i];
        }
        return Math.abs(s[0]) < 2.4 && Math.abs(s[2]) < 0.2095;
    }

    /** Lets each cart go until its pole falls, and returns the mean number of steps. */
    private double play(TrainingStep one, Matrix state, Matrix odds) {
        double sum = 0;
        for (int cart = 0; cart < CARTS; cart++) {
            double[] s = new double[4];
            for (int i = 0; i < 4; i++) {
                s[i] = random.uniform(-0.05f, 0.05f);
            }
            int t = 0;
            boolean upright = true;
            for (; t < STEPS && upright; t++) {
                int row = cart * STEPS + t;
                for (int i = 0; i < 4; i++) {
                    state.data()[i] = (float) s[i];
                    states.data()[4 * row + i] = (float) s[i];
                }
                Engine.kernels().softmax(one.forward(state), odds);
                actions[row] = random.uniform() < odds.at(0, 0) ? 0 : 1;
                upright = push(s, actions[row]);
            }
            lengths[cart] = t;
            sum += t;
        }
        return sum / CARTS;
    }

    private double[] program(int rounds) {
        // program
        Sequential policy = new Sequential(new Linear(4, 32), new Tanh(), new Linear(32, 2));
        Adam adam = new Adam(0.01f);
        TrainingStep one = new TrainingStep(policy, adam, new Shape(4), 1);
        TrainingStep all = new TrainingStep(policy, adam, new Shape(4), CARTS * STEPS);
        Matrix odds = Matrix.zeros(CARTS * STEPS, 2);
        double[] means = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            means[round] = play(one, Matrix.zeros(1, 4), Matrix.zeros(1, 2));
            Engine.kernels().softmax(all.forward(states), odds);
            for (int row = 0; row < CARTS * STEPS; row++) {
                int t = row % STEPS;
                int left = lengths[row / STEPS] - t; // the reward: steps until the pole falls
                double advantage = left <= 0 ? 0 : (left - Math.max(0, means[round] - t)) / STEPS;
                for (int action = 0; action < 2; action++) {
                    float chosen = actions[row] == action ? 1 : 0;
                    odds.data()[2 * row + action] -= chosen;
                    odds.data()[2 * row + action] *= (float) (advantage / CARTS);
                }
            }
            all.backward(odds); // of -log p(action) advantage
            all.step();
        }
        // end
        return means;
    }

    @Test
    void thePoleStaysUprightForLonger() {
        double[] means = program(40);
        assertTrue(means[0] < 40, "at first " + means[0]);
        assertTrue(means[39] > 120, "at last " + means[39]);
        assertEquals(CARTS, lengths.length);
    }
}
