package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.ConvolutionLayer;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.norm.BatchNorm;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Convolution, pooling and batch normalization against the numbers that PyTorch made. */
class ImageParityTest {

    private static Stream<Golden.Case> cases(String group, String op) {
        return Golden.cases(group).filter(c -> c.node().get("op").asText().equals(op));
    }

    static Stream<Golden.Case> convolutions() {
        return cases("conv", "conv2d");
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void convolutionMatchesPyTorch(Golden.Case golden) {
        JsonNode hyper = golden.hyper();
        int[] w = shape(golden, "weight");
        int groups = hyper.get("groups").asInt();
        int in = w[1] * groups;
        Conv2d layer =
                new Conv2d(in, w[0], w[2], w[3])
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1))
                        .dilation(pair(hyper, "dilation", 0), pair(hyper, "dilation", 1))
                        .groups(groups);
        checkConvolution(golden, layer);
    }

    static Stream<Golden.Case> transposedConvolutions() {
        return cases("conv", "conv_transpose2d");
    }

    @ParameterizedTest
    @MethodSource("transposedConvolutions")
    void transposedConvolutionMatchesPyTorch(Golden.Case golden) {
        JsonNode hyper = golden.hyper();
        int[] w = shape(golden, "weight");
        int groups = hyper.get("groups").asInt();
        ConvTranspose2d layer =
                new ConvTranspose2d(w[0], w[1] * groups, w[2], w[3])
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1))
                        .outputPadding(
                                pair(hyper, "output_padding", 0), pair(hyper, "output_padding", 1))
                        .dilation(pair(hyper, "dilation", 0))
                        .groups(groups);
        checkConvolution(golden, layer);
    }

    private static void checkConvolution(Golden.Case golden, ConvolutionLayer layer) {
        assign(layer.weight(), golden.input("weight"));
        assign(layer.bias(), golden.input("bias"));
        Pass pass = bind(golden, layer, "x");
        golden.check("y", values(pass.forward(rows(golden, "x"))));
        golden.check("dx", values(pass.backward(rows(golden, "dy"))));
        golden.check("dweight", values(layer.weight().gradient()));
        golden.check("dbias", values(layer.bias().gradient()));
    }

    static Stream<Golden.Case> maxPools() {
        return cases("pool_embedding", "max_pool2d");
    }

    @ParameterizedTest
    @MethodSource("maxPools")
    void maxPoolMatchesPyTorch(Golden.Case golden) {
        JsonNode hyper = golden.hyper();
        MaxPool2d layer =
                new MaxPool2d(pair(hyper, "kernel", 0), pair(hyper, "kernel", 1))
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1))
                        .dilation(pair(hyper, "dilation", 0));
        checkPool(golden, hyper.get("ceil_mode").asBoolean() ? layer.ceilMode() : layer);
    }

    static Stream<Golden.Case> averagePools() {
        return cases("pool_embedding", "avg_pool2d");
    }

    @ParameterizedTest
    @MethodSource("averagePools")
    void averagePoolMatchesPyTorch(Golden.Case golden) {
        JsonNode hyper = golden.hyper();
        AvgPool2d layer =
                new AvgPool2d(pair(hyper, "kernel", 0), pair(hyper, "kernel", 1))
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1));
        boolean count = hyper.get("count_include_pad").asBoolean();
        checkPool(golden, layer.countIncludePad(count));
    }

    private static void checkPool(Golden.Case golden, Layer layer) {
        Pass pass = bind(golden, layer, "x");
        golden.check("y", values(pass.forward(rows(golden, "x"))));
        golden.check("dx", values(pass.backward(rows(golden, "dy"))));
    }

    static Stream<Golden.Case> batchNorms() {
        return cases("normalization", "batch_norm");
    }

    @ParameterizedTest
    @MethodSource("batchNorms")
    void batchNormMatchesPyTorch(Golden.Case golden) {
        JsonNode hyper = golden.hyper();
        int features = hyper.get("num_features").asInt();
        BatchNorm layer =
                hyper.get("dims").asInt() == 1
                        ? new BatchNorm1d(features)
                        : new BatchNorm2d(features);
        assign(layer.weight(), golden.input("weight"));
        assign(layer.bias(), golden.input("bias"));
        copy(golden.input("running_mean"), layer.runningMean().value());
        copy(golden.input("running_var"), layer.runningVar().value());

        Pass training = bind(golden, layer, "x0");
        checkBatchNorm(golden, layer, training, "x0", "train0");
        golden.check("running_mean_after0", values(layer.runningMean().value()));
        golden.check("running_var_after0", values(layer.runningVar().value()));
        checkBatchNorm(golden, layer, training, "x1", "train1");
        golden.check("running_mean_after1", values(layer.runningMean().value()));
        golden.check("running_var_after1", values(layer.runningVar().value()));

        Layer frozen =
                layer instanceof BatchNorm1d flat
                        ? flat.frozen(true)
                        : ((BatchNorm2d) layer).frozen(true);
        checkBatchNorm(golden, layer, bind(golden, frozen, "x0"), "x0", "eval");
        Shape sample = sample(golden, "x0");
        Pass inference = layer.bind(sample, Workspace.inference(shape(golden, "x0")[0]));
        golden.check("eval_y", values(inference.forward(rows(golden, "x0"))));
    }

    private static void checkBatchNorm(
            Golden.Case golden, BatchNorm layer, Pass pass, String input, String outputs) {
        layer.parameters().values().forEach(Param::clearGradient);
        golden.check(outputs + "_y", values(pass.forward(rows(golden, input))));
        golden.check(outputs + "_dx", values(pass.backward(rows(golden, "dy"))));
        golden.check(outputs + "_dweight", values(layer.weight().gradient()));
        golden.check(outputs + "_dbias", values(layer.bias().gradient()));
    }

    private static void copy(Matrix from, Matrix to) {
        System.arraycopy(from.data(), from.offset(), to.data(), to.offset(), to.size());
    }

    private static Pass bind(Golden.Case golden, Layer layer, String input) {
        int batch = shape(golden, input)[0];
        return layer.bind(sample(golden, input), Workspace.training(batch));
    }

    private static Shape sample(Golden.Case golden, String input) {
        int[] shape = shape(golden, input);
        return new Shape(java.util.Arrays.copyOfRange(shape, 1, shape.length));
    }

    /** Returns an input with one row for each sample. */
    private static Matrix rows(Golden.Case golden, String input) {
        Matrix matrix = golden.input(input);
        int batch = shape(golden, input)[0];
        return Matrix.of(matrix.data(), batch, matrix.size() / batch);
    }

    private static int[] shape(Golden.Case golden, String input) {
        JsonNode shape = golden.node().get("inputs").get(input).get("shape");
        int[] dimensions = new int[shape.size()];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = shape.get(i).asInt();
        }
        return dimensions;
    }

    private static int pair(JsonNode hyper, String name, int side) {
        return hyper.get(name).get(side).asInt();
    }
}
