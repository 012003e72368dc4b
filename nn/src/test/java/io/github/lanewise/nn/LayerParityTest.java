package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Layers and losses against the numbers that PyTorch made. */
class LayerParityTest {

    static Stream<Golden.Case> linear() {
        return Golden.cases("linear");
    }

    @ParameterizedTest
    @MethodSource("linear")
    void linearMatchesPyTorch(Golden.Case golden) {
        Matrix x = golden.input("x");
        Matrix w = golden.input("W");
        Linear layer = new Linear(w.cols(), w.rows());
        assign(layer.weight(), transposed(w));
        assign(layer.bias(), golden.input("b"));

        Pass pass = layer.bind(new Shape(x.cols()), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(golden.input("dy"))));
        golden.check("dW", values(transposed(layer.weight().gradient())));
        golden.check("db", values(layer.bias().gradient()));
    }

    static Stream<Golden.Case> softmax() {
        return Golden.cases("softmax_crossentropy")
                .filter(c -> c.node().get("op").asText().equals("softmax"))
                .filter(c -> c.node().get("inputs").get("x").get("shape").size() == 2);
    }

    @ParameterizedTest
    @MethodSource("softmax")
    void softmaxMatchesPyTorch(Golden.Case golden) {
        Layer layer = golden.hyper().get("log").asBoolean() ? new LogSoftmax() : new Softmax();
        checkForwardAndBackward(layer, golden);
    }

    private static void checkForwardAndBackward(Layer layer, Golden.Case golden) {
        Matrix x = golden.input("x");
        Pass pass = layer.bind(new Shape(x.cols()), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(golden.input("dy"))));
    }

    static Stream<Golden.Case> meanCrossEntropy() {
        return Golden.cases("softmax_crossentropy")
                .filter(c -> c.name().matches("cross_entropy_mean(_extreme)?"));
    }

    @ParameterizedTest
    @MethodSource("meanCrossEntropy")
    void crossEntropyMatchesPyTorch(Golden.Case golden) {
        Matrix logits = golden.input("logits");
        LossPass pass =
                new SoftmaxCrossEntropy()
                        .bind(new Shape(logits.cols()), Workspace.training(logits.rows()));
        golden.check("loss", pass.forward(logits, Targets.labels(golden.integers("targets"))));
        golden.check("dlogits", values(pass.backward()));
    }

    static Stream<Golden.Case> meanSquaredError() {
        return Golden.cases("losses").filter(c -> c.name().equals("loss_mse_mean"));
    }

    @ParameterizedTest
    @MethodSource("meanSquaredError")
    void squaredErrorMatchesPyTorch(Golden.Case golden) {
        Matrix prediction = golden.input("prediction");
        LossPass pass =
                new MeanSquaredError()
                        .bind(new Shape(prediction.cols()), Workspace.training(prediction.rows()));
        golden.check("loss", pass.forward(prediction, Targets.values(golden.input("target"))));
        golden.check("dprediction", values(pass.backward()));
    }
}
