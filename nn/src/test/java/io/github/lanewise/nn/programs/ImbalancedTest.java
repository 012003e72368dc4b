package io.github.lanewise.nn.programs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** Finds a rare class by weights of classes, or by weights of samples. */
class ImbalancedTest {

    private static final float RARE = 1 / 20f;
    private static final int SAMPLES = 800;

    private final SplittableRandom random = new SplittableRandom(3);
    private final Matrix points = Matrix.zeros(SAMPLES, 2);
    private final int[] labels = new int[SAMPLES];
    private final float[] weights = new float[SAMPLES];

    /** The rare class lies 1.5 beside the other, both wide 1. */
    ImbalancedTest() {
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = random.nextDouble() < RARE ? 1 : 0;
            weights[i] = labels[i] == 1 ? 1 / RARE : 1;
            points.data()[2 * i] = (float) random.nextGaussian() + 1.5f * labels[i];
            points.data()[2 * i + 1] = (float) random.nextGaussian();
        }
    }

    private Evaluation program(Loss loss, Targets targets) {
        Trainer trainer =
                new Trainer(new Linear(2, 2), loss, new Adam(0.03f))
                        .metrics(Metrics::balancedAccuracy, Metrics::rocAuc);
        trainer.fit(Dataset.of(points, new Shape(2), targets), 15, 40);
        return trainer.evaluate(Dataset.of(points, new Shape(2), Targets.labels(labels)));
    }

    @Test
    void weightsFindTheRareClass() {
        SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy();
        Evaluation none = program(plain, Targets.labels(labels));
        Evaluation classes = program(plain.weight(1, 1 / RARE), Targets.labels(labels));
        Evaluation samples = program(plain, Targets.weighted(Targets.labels(labels), weights));
        assertTrue(none.metric("balanced_accuracy") < 0.6, none::toString);
        assertTrue(classes.metric("balanced_accuracy") > 0.72, classes::toString);
        assertTrue(samples.metric("balanced_accuracy") > 0.72, samples::toString);
        assertTrue(none.metric("roc_auc") > 0.8, none::toString);
    }
}
