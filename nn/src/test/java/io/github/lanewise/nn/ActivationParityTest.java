package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.values;

import com.fasterxml.jackson.databind.JsonNode;

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

    static Stream<Golden.Case> activations() {
        return Golden.cases("activations");
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationMatchesPyTorch(Golden.Case golden) {
        Matrix x = golden.input("x");
        Pass pass = layer(golden).bind(new Shape(x.cols()), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(golden.input("dy"))));
    }

    private static Layer layer(Golden.Case golden) {
        JsonNode args = golden.hyper().get("args");
        return switch (golden.hyper().get("function").asText()) {
            case "relu" -> new ReLU();
            case "leaky_relu" -> new LeakyReLU((float) args.get("negative_slope").asDouble());
            case "gelu_tanh" -> new GELU(GELU.Approximate.TANH);
            case "gelu_erf" -> new GELU();
            case "sigmoid" -> new Sigmoid();
            case "tanh" -> new Tanh();
            case "softplus" -> new Softplus((float) args.get("beta").asDouble());
            case "silu" -> new SiLU();
            case "elu" -> new ELU((float) args.get("alpha").asDouble());
            default -> throw new IllegalArgumentException(golden.name());
        };
    }
}
