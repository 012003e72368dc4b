package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Tanh;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** All activations of {@code activations.json}, alone and next to a layer that takes them over. */
class ActivationParityTest {

    static Stream<GoldenCase> activations() {
        return Golden.cases("activations");
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationMatchesPyTorch(GoldenCase golden) {
        Matrix x = golden.input("x");
        Pass pass = layer(golden).bind(new Shape(x.cols()), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(golden.input("dy"))));
    }

    private static Layer layer(GoldenCase golden) {
        GoldenArguments args = golden.hyper().object("args");
        return switch (golden.hyper().text("function")) {
            case "leaky_relu" -> new LeakyReLU((float) args.number("negative_slope"));
            case "softplus" ->
                    new Softplus((float) args.number("beta"), (float) args.number("threshold"));
            case "elu" -> new ELU((float) args.number("alpha"));
            case String function -> plain(function);
        };
    }

    /** Returns an activation without arguments. */
    static Layer plain(String function) {
        return switch (function) {
            case "relu" -> new ReLU();
            case "gelu_tanh" -> new GELU(GELU.Approximate.TANH);
            case "gelu_erf" -> new GELU();
            case "sigmoid" -> new Sigmoid();
            case "tanh" -> new Tanh();
            case "silu" -> new SiLU();
            default -> throw new IllegalArgumentException(function);
        };
    }
}
