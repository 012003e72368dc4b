package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.norm.LayerNorm;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Normalization along features, and embeddings, against the numbers that PyTorch made. */
class NormParityTest {

    static Stream<Golden.Case> layerNorm() {
        return Golden.cases("normalization")
                .filter(c -> c.node().get("op").asText().equals("layer_norm"));
    }

    @ParameterizedTest
    @MethodSource("layerNorm")
    void layerNormMatchesPyTorch(Golden.Case golden) {
        int[] normalized = Shapes.numbers(golden.hyper().get("normalized_shape"));
        LayerNorm layer = new LayerNorm(normalized);
        assign(layer.weight(), golden.input("weight"));
        assign(layer.bias(), golden.input("bias"));
        Shape input = Shapes.sample(golden, "x");
        Matrix x = Shapes.batch(golden, "x");
        Pass pass = layer.bind(input, Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(Shapes.batch(golden, "dy"))));
        golden.check("dweight", values(layer.weight().gradient()));
        golden.check("dbias", values(layer.bias().gradient()));
    }

    static Stream<Golden.Case> embedding() {
        return Golden.cases("pool_embedding")
                .filter(c -> c.node().get("op").asText().equals("embedding"));
    }

    @ParameterizedTest
    @MethodSource("embedding")
    void embeddingMatchesPyTorch(Golden.Case golden) {
        Matrix weight = golden.input("weight");
        int padding = golden.hyper().get("padding_idx").asInt(-1);
        Embedding layer = new Embedding(weight.rows(), weight.cols());
        if (padding >= 0) {
            layer.paddingIdx(padding);
        }
        assign(layer.weight(), weight);
        Matrix x = Shapes.batch(golden, "indices");
        Pass pass = layer.bind(new Shape(x.cols()), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        pass.backward(Shapes.batch(golden, "dy"));
        golden.check("dweight", values(layer.weight().gradient()));
    }
}
