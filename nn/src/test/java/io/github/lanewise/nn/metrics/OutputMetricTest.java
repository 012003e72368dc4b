package io.github.lanewise.nn.metrics;

import static io.github.lanewise.nn.Matrices.gaussian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.JointLoss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Metrics of one output of several. */
class OutputMetricTest {

    private static final Targets LABELS = Targets.labels(0, 1, 2, 0, 1, 2);
    private static final Matrix NUMBERS = gaussian(6, 1, 2);

    private final Input x = new Input(4);
    private final Model model =
            new Model(List.of(x), List.of(x.then(new Linear(4, 3)), x.then(new Linear(4, 1))));
    private final List<Shape> outputs = model.outputShapes();

    @Test
    void eachOutputIsMeasuredAsItIsAlone() {
        Targets both = Targets.several(LABELS, Targets.values(NUMBERS));
        Dataset data = Dataset.of(gaussian(6, 4, 1), new Shape(4), both);
        Trainer trainer =
                new Trainer(
                                model,
                                JointLoss.of(model, new SoftmaxCrossEntropy(), new MSELoss()),
                                new SGD(0.1f))
                        .metrics(
                                () -> Metrics.ofOutput(outputs, 0, Metrics.accuracy()),
                                () -> Metrics.ofOutput(outputs, 1, Metrics.maxError()));
        trainer.fit(data, 2, 4);
        Evaluation evaluation = trainer.evaluate(data);
        List<Matrix> made = model.splitOutputs(trainer.predict(data));
        Metric accuracy = Metrics.accuracy();
        accuracy.add(made.get(0), LABELS);
        Metric error = Metrics.maxError();
        error.add(made.get(1), Targets.values(NUMBERS));
        assertEquals(accuracy.value(), evaluation.metric("output0_accuracy"));
        assertEquals(error.value(), evaluation.metric("output1_" + error.name()));
    }

    @Test
    void whatIsNotOfSeveralOutputsIsRefused() {
        Metric metric = Metrics.ofOutput(outputs, 1, Metrics.maxError());
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> metric.add(gaussian(6, 4, 1), LABELS))
                        .getMessage();
        assertEquals(
                metric.name()
                        + ": outputs are 6x4 and targets Labels; it is for 4 features, and"
                        + " Targets.several",
                message);
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> Metrics.ofOutput(outputs, 2, Metrics.accuracy()));
    }
}
