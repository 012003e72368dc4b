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

    private static final int NONE = Integer.MIN_VALUE;

    static Stream<GoldenCase> layerNorm() {
        return Golden.cases("normalization", "layer_norm");
    }

    @ParameterizedTest
    @MethodSource("layerNorm")
    void layerNormMatchesPyTorch(GoldenCase golden) {
        LayerNorm layer =
                new LayerNorm(golden.hyper().integers("normalized_shape"))
                        .eps((float) golden.hyper().number("eps"));
        if (!golden.hasInput("weight")) {
            layer.withoutAffine();
        } else if (!golden.hasInput("bias")) {
            layer.withoutBias();
        }
        layer.parameters().forEach((name, p) -> assign(p, golden.input(name)));
        Shape input = golden.sample("x");
        Matrix x = golden.batch("x");
        Pass pass = layer.bind(input, Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(golden.batch("dy"))));
        layer.parameters().forEach((name, p) -> golden.check("d" + name, values(p.gradient())));
    }

    static Stream<GoldenCase> embedding() {
        return Golden.cases("pool_embedding", "embedding");
    }

    @ParameterizedTest
    @MethodSource("embedding")
    void embeddingMatchesPyTorch(GoldenCase golden) {
        Matrix weight = golden.input("weight");
        int padding = golden.hyper().integerOrNull("padding_idx", NONE);
        Embedding layer = new Embedding(weight.rows(), weight.cols());
        if (padding != NONE) {
            // PyTorch counts those below 0 from the end
            layer.paddingIdx(padding < 0 ? padding + weight.rows() : padding);
        }
        assign(layer.weight(), weight);
        Matrix x = golden.batch("indices");
        Pass pass = layer.bind(new Shape(x.cols()), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        pass.backward(golden.batch("dy"));
        golden.check("dweight", values(layer.weight().gradient()));
    }
}
