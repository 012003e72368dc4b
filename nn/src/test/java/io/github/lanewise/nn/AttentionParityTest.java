package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.AttentionPass;
import io.github.lanewise.nn.attention.MultiheadAttention;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Attention against the numbers that PyTorch made: self and cross, causal, padded keys. */
class AttentionParityTest {

    static Stream<Golden.Case> attention() {
        return Golden.cases("attention");
    }

    @ParameterizedTest
    @MethodSource("attention")
    void matchesPyTorch(Golden.Case golden) {
        MultiheadAttention layer = layer(golden);
        Matrix query = Shapes.batch(golden, "query");
        Shape shape = Shapes.sample(golden, "query");
        Workspace workspace = Workspace.training(query.rows());
        boolean self = golden.hyper().get("self_attention").asBoolean();
        AttentionPass pass =
                self
                        ? layer.bind(shape, workspace)
                        : layer.bind(shape, Shapes.sample(golden, "key"), workspace);
        if (golden.hasInput("key_padding_mask")) {
            pass.ignoreKeys(ignored(golden));
        }

        Matrix y =
                self
                        ? pass.forward(query)
                        : pass.forward(
                                query, Shapes.batch(golden, "key"), Shapes.batch(golden, "value"));
        golden.check("y", values(y));
        golden.check("attention_weights_mean_over_heads", values(pass.averageWeights()));
        golden.check("dquery", values(pass.backward(Shapes.batch(golden, "dy"))));
        if (!self) {
            golden.check("dkey", values(pass.keyGradient()));
            golden.check("dvalue", values(pass.valueGradient()));
        }
        layer.parameters().forEach((name, p) -> golden.check("d_" + name, gradient(p)));
    }

    private static MultiheadAttention layer(Golden.Case golden) {
        MultiheadAttention layer =
                new MultiheadAttention(
                        golden.hyper().get("embed_dim").asInt(),
                        golden.hyper().get("num_heads").asInt());
        layer = golden.hyper().get("causal").asBoolean() ? layer.causal() : layer;
        layer.parameters()
                .forEach(
                        (name, parameter) -> {
                            Matrix value = golden.input(name);
                            assign(parameter, value.rows() == 1 ? value : transposed(value));
                        });
        return layer;
    }

    private static boolean[][] ignored(Golden.Case golden) {
        int[] shape = Shapes.of(golden, "key_padding_mask");
        int[] mask = golden.integers("key_padding_mask");
        boolean[][] ignored = new boolean[shape[0]][shape[1]];
        for (int at = 0; at < mask.length; at++) {
            ignored[at / shape[1]][at % shape[1]] = mask[at] != 0;
        }
        return ignored;
    }

    private static float[] gradient(Param parameter) {
        Matrix gradient = parameter.gradient();
        return values(gradient.rows() == 1 ? gradient : transposed(gradient));
    }
}
