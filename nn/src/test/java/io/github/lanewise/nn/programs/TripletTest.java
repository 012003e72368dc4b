package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.loss.TripletMarginLoss;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

/** Triplet learning: an embedding in which points of one class lie near each other. */
class TripletTest {

    private static final int FEATURES = 8;

    private final RandomStream random = new RandomStream(1);

    /** Classes 0 to 3 differ in the signs of two features; six of chance hide it. */
    private void draw(int label, float[] into, int at) {
        for (int i = 0; i < FEATURES; i++) {
            into[at + i] = 2 * (float) random.gaussian();
        }
        into[at] = (label % 2 == 0 ? 1 : -1) + 0.2f * (float) random.gaussian();
        into[at + 1] = (label / 2 == 0 ? 1 : -1) + 0.2f * (float) random.gaussian();
    }

    /** Anchor, positive of the same class, negative of another. */
    private Matrix triplets(int count) {
        Matrix rows = Matrix.zeros(count, 3 * FEATURES);
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(4);
            draw(label, rows.data(), i * 3 * FEATURES);
            draw(label, rows.data(), (i * 3 + 1) * FEATURES);
            draw((label + 1 + random.nextInt(3)) % 4, rows.data(), (i * 3 + 2) * FEATURES);
        }
        return rows;
    }

    private Matrix program(Matrix learnt, Matrix unseen) {
        // program
        Sequential encoder =
                new Sequential(new Linear(FEATURES, 32), new ReLU(), new Linear(32, 2));
        Sequential model = new Sequential(new TimeDistributed(encoder)); // on each of the three
        Trainer trainer = new Trainer(model, new TripletMarginLoss(1), new Adam(0.005f));
        Shape triplet = new Shape(3, FEATURES);
        trainer.fit(Dataset.of(learnt, triplet, Targets.none(learnt.rows())), 15, 50);
        Matrix embedded = trainer.predict(unseen, triplet); // three points of the plane in a row
        // end
        return embedded;
    }

    /** Share of triplets whose positive is nearer than the negative. */
    private static double nearer(Matrix rows) {
        int width = rows.cols() / 3;
        int right = 0;
        for (int i = 0; i < rows.rows(); i++) {
            double positive = 0;
            double negative = 0;
            for (int j = 0; j < width; j++) {
                double p = rows.at(i, j) - rows.at(i, width + j);
                double n = rows.at(i, j) - rows.at(i, 2 * width + j);
                positive += p * p;
                negative += n * n;
            }
            right += positive < negative ? 1 : 0;
        }
        return (double) right / rows.rows();
    }

    @Test
    void pointsOfOneClassComeNearer() {
        Matrix unseen = triplets(500);
        Matrix embedded = program(triplets(2000), unseen);
        assertTrue(nearer(unseen) < 0.75, "before " + nearer(unseen));
        assertTrue(nearer(embedded) > 0.95, "after " + nearer(embedded));
    }
}
