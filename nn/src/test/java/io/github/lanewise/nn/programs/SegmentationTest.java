package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Average;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** Gives each pixel of an image a class: ground, or one of two kinds of rectangle. */
class SegmentationTest {

    private static final int SIDE = 12;

    /** Rectangles of class 1 are even, those of class 2 striped, on noise. */
    private static Dataset images(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix pixels = Matrix.zeros(count, SIDE * SIDE);
        int[][] classes = new int[count][SIDE * SIDE];
        for (int i = 0; i < count; i++) {
            for (int p = 0; p < SIDE * SIDE; p++) {
                pixels.data()[i * SIDE * SIDE + p] = (float) random.nextGaussian() / 8;
            }
            for (int kind = 1; kind <= 2; kind++) {
                int left = (kind - 1) * SIDE / 2 + random.nextInt(2);
                int top = random.nextInt(SIDE / 2);
                for (int y = top; y < top + 5; y++) {
                    for (int x = left; x < left + 4; x++) {
                        classes[i][y * SIDE + x] = kind;
                        float level = kind == 2 && (x + y) % 2 == 1 ? -1 : 1;
                        pixels.data()[(i * SIDE + y) * SIDE + x] += level;
                    }
                }
            }
        }
        return Dataset.of(pixels, new Shape(1, SIDE, SIDE), Targets.labels(classes));
    }

    private static Evaluation program() {
        Sequential model =
                new Sequential(
                        new Conv2d(1, 8, 3).padding(1),
                        new ReLU(),
                        new Conv2d(8, 8, 3).padding(1),
                        new ReLU(),
                        new Conv2d(8, 3, 1));
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f))
                        .metrics(() -> Metrics.iou(Average.MACRO).classesFirst());
        trainer.fit(images(100, 1), 10, 10);
        return trainer.evaluate(images(50, 2));
    }

    @Test
    void pixelsAreFound() {
        Evaluation unseen = program();
        assertTrue(unseen.accuracy() > 0.97, unseen::toString);
        assertTrue(unseen.metric("iou_macro") > 0.9, unseen::toString);
    }
}
