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

    static Stream<GoldenCase> attention() {
        return Golden.cases("attention");
    }

    @ParameterizedTest
    @MethodSource("attention")
    void matchesPyTorch(GoldenCase golden) {
        MultiheadAttention layer = layer(golden);
        Matrix query = golden.batch("query");
        Shape shape = golden.sample("query");
        Workspace workspace = Workspace.training(query.rows());
        boolean self = golden.hyper().flag("self_attention");
        AttentionPass pass =
                self
                        ? layer.bind(shape, workspace)
                        : layer.bind(shape, golden.sample("key"), workspace);
        if (golden.hasInput("key_padding_mask")) {
            pass.keyPaddingMask(ignored(golden));
        }

        Matrix y =
                self
                        ? pass.forward(query)
                        : pass.forward(query, golden.batch("key"), golden.batch("value"));
        golden.check("y", values(y));
        golden.check("attention_weights_mean_over_heads", values(pass.averageWeights()));
        golden.check("dquery", values(pass.backward(golden.batch("dy"))));
        if (self) {
            golden.checkSame("key", "query");
            golden.checkSame("value", "query");
        } else {
            golden.check("dkey", values(pass.keyGradient()));
            golden.check("dvalue", values(pass.valueGradient()));
        }
        layer.parameters()
                .forEach(
                        (name, p) -> {
                            boolean row = golden.shape(name).length == 1;
                            Matrix gradient = row ? p.gradient() : transposed(p.gradient());
                            golden.check("d_" + name, values(gradient));
                        });
    }

    private static MultiheadAttention layer(GoldenCase golden) {
        MultiheadAttention layer =
                new MultiheadAttention(
                        golden.hyper().integer("embed_dim"), golden.hyper().integer("num_heads"));
        layer = golden.hasInput("in_proj_bias") ? layer : layer.withoutBias();
        layer = golden.hyper().flag("causal") ? layer.causal() : layer;
        layer.parameters()
                .forEach(
                        (name, parameter) -> {
                            Matrix value = golden.input(name);
                            boolean row = golden.shape(name).length == 1;
                            assign(parameter, row ? value : transposed(value));
                        });
        return layer;
    }

    private static boolean[][] ignored(GoldenCase golden) {
        int[] shape = golden.shape("key_padding_mask");
        int[] mask = golden.integers("key_padding_mask");
        boolean[][] ignored = new boolean[shape[0]][shape[1]];
        for (int at = 0; at < mask.length; at++) {
            ignored[at / shape[1]][at % shape[1]] = mask[at] != 0;
        }
        return ignored;
    }
}
