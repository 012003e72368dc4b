package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Trainer;

/** What {@link RedeploymentTest} loads anew: a program that trains and predicts. */
public final class RedeployedProgram implements Runnable {

    private static final int SAMPLES = 64;

    /** Makes it; called by reflection. */
    public RedeployedProgram() {}

    @Override
    public void run() {
        Sequential model = new Sequential(new Linear(4, 64), new ReLU(), new Linear(64, 2));
        model.initialize(1);
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f));
        Dataset left = Dataset.of(inputs(), new Shape(2), Targets.none(SAMPLES));
        Dataset right = Dataset.of(inputs(), new Shape(2), Targets.labels(new int[SAMPLES]));
        Dataset data = Dataset.zip(left, right);
        trainer.fit(data, 2, 16);
        trainer.evaluate(data);
        Trainer.trainOneStep(
                model,
                new SoftmaxCrossEntropy(),
                0.1f,
                new float[][] {{1, 2, 3, 4}},
                new int[] {1},
                0f);
        InferenceSession.of(model, 1).predict(new float[] {1, 2, 3, 4}, new float[2]);
    }

    private static Matrix inputs() {
        Matrix x = Matrix.zeros(SAMPLES, 2);
        for (int at = 0; at < x.size(); at++) {
            x.data()[at] = at % 7;
        }
        return x;
    }
}
