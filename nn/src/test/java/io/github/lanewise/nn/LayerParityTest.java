package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.layer.Linear;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Layers and losses against the numbers that PyTorch made. */
class LayerParityTest {

    static Stream<GoldenCase> linear() {
        return Golden.cases("linear");
    }

    @ParameterizedTest
    @MethodSource("linear")
    void linearMatchesPyTorch(GoldenCase golden) {
        Matrix x = golden.input("x");
        Matrix w = golden.input("W");
        Linear layer = new Linear(w.cols(), w.rows());
        if (!golden.hasInput("b")) {
            layer.withoutBias();
        }
        assign(layer.weight(), transposed(w));
        if (golden.hasInput("b")) {
            assign(layer.bias(), golden.input("b"));
        }

        Pass pass = layer.bind(new Shape(x.cols()), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(golden.input("dy"))));
        golden.check("dW", values(transposed(layer.weight().gradient())));
        if (golden.hasInput("b")) {
            golden.check("db", values(layer.bias().gradient()));
        }
    }
}
