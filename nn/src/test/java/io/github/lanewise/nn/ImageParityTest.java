package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

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

    static Stream<GoldenCase> convolutions() {
        return Golden.cases("conv", "conv2d");
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void convolutionMatchesPyTorch(GoldenCase golden) {
        GoldenArguments hyper = golden.hyper();
        int[] w = golden.shape("weight");
        int groups = hyper.integer("groups");
        int in = w[1] * groups;
        Conv2d layer =
                new Conv2d(in, w[0], w[2], w[3])
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1))
                        .dilation(pair(hyper, "dilation", 0), pair(hyper, "dilation", 1))
                        .groups(groups);
        checkConvolution(golden, golden.hasInput("bias") ? layer : layer.withoutBias());
    }

    static Stream<GoldenCase> transposedConvolutions() {
        return Golden.cases("conv", "conv_transpose2d");
    }

    @ParameterizedTest
    @MethodSource("transposedConvolutions")
    void transposedConvolutionMatchesPyTorch(GoldenCase golden) {
        GoldenArguments hyper = golden.hyper();
        int[] w = golden.shape("weight");
        int groups = hyper.integer("groups");
        ConvTranspose2d layer =
                new ConvTranspose2d(w[0], w[1] * groups, w[2], w[3])
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1))
                        .outputPadding(
                                pair(hyper, "output_padding", 0), pair(hyper, "output_padding", 1))
                        .dilation(pair(hyper, "dilation", 0), pair(hyper, "dilation", 1))
                        .groups(groups);
        checkConvolution(golden, golden.hasInput("bias") ? layer : layer.withoutBias());
    }

    private static void checkConvolution(GoldenCase golden, ConvolutionLayer layer) {
        layer.parameters().forEach((name, p) -> assign(p, golden.input(name)));
        Pass pass = bind(golden, layer, "x");
        golden.check("y", values(pass.forward(golden.batch("x"))));
        golden.check("dx", values(pass.backward(golden.batch("dy"))));
        layer.parameters().forEach((name, p) -> golden.check("d" + name, values(p.gradient())));
    }

    static Stream<GoldenCase> maxPools() {
        return Golden.cases("pool_embedding", "max_pool2d");
    }

    @ParameterizedTest
    @MethodSource("maxPools")
    void maxPoolMatchesPyTorch(GoldenCase golden) {
        GoldenArguments hyper = golden.hyper();
        MaxPool2d layer =
                new MaxPool2d(pair(hyper, "kernel", 0), pair(hyper, "kernel", 1))
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1))
                        .dilation(pair(hyper, "dilation", 0), pair(hyper, "dilation", 1));
        checkPool(golden, hyper.flag("ceil_mode") ? layer.ceilMode() : layer);
    }

    static Stream<GoldenCase> averagePools() {
        return Golden.cases("pool_embedding", "avg_pool2d");
    }

    @ParameterizedTest
    @MethodSource("averagePools")
    void averagePoolMatchesPyTorch(GoldenCase golden) {
        GoldenArguments hyper = golden.hyper();
        AvgPool2d layer =
                new AvgPool2d(pair(hyper, "kernel", 0), pair(hyper, "kernel", 1))
                        .stride(pair(hyper, "stride", 0), pair(hyper, "stride", 1))
                        .padding(pair(hyper, "padding", 0), pair(hyper, "padding", 1));
        layer.countIncludePad(hyper.flag("count_include_pad"));
        checkPool(golden, hyper.flag("ceil_mode") ? layer.ceilMode() : layer);
    }

    private static void checkPool(GoldenCase golden, Layer layer) {
        Pass pass = bind(golden, layer, "x");
        golden.check("y", values(pass.forward(golden.batch("x"))));
        golden.check("dx", values(pass.backward(golden.batch("dy"))));
    }

    static Stream<GoldenCase> batchNorms() {
        return Golden.cases("normalization", "batch_norm");
    }

    @ParameterizedTest
    @MethodSource("batchNorms")
    void batchNormMatchesPyTorch(GoldenCase golden) {
        BatchNorm layer = batchNorm(golden);
        layer.parameters().forEach((name, p) -> assign(p, golden.input(name)));
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
        Workspace workspace = Workspace.inference(golden.shape("x0")[0]);
        Pass inference = layer.bind(golden.sample("x0"), workspace);
        golden.check("eval_y", values(inference.forward(golden.batch("x0"))));
    }

    private static BatchNorm batchNorm(GoldenCase golden) {
        GoldenArguments hyper = golden.hyper();
        int features = hyper.integer("num_features");
        float eps = (float) hyper.number("eps");
        float momentum = (float) hyper.number("momentum");
        boolean affine = golden.hasInput("weight");
        return switch (hyper.integer("dims")) {
            case 1 -> {
                BatchNorm1d layer = new BatchNorm1d(features).eps(eps).momentum(momentum);
                yield affine ? layer : layer.withoutAffine();
            }
            case 2 -> {
                BatchNorm2d layer = new BatchNorm2d(features).eps(eps).momentum(momentum);
                yield affine ? layer : layer.withoutAffine();
            }
            default -> throw new IllegalArgumentException(hyper.toString());
        };
    }

    private static void checkBatchNorm(
            GoldenCase golden, BatchNorm layer, Pass pass, String input, String outputs) {
        layer.parameters().values().forEach(Param::clearGradient);
        golden.check(outputs + "_y", values(pass.forward(golden.batch(input))));
        golden.check(outputs + "_dx", values(pass.backward(golden.batch("dy"))));
        layer.parameters()
                .forEach((name, p) -> golden.check(outputs + "_d" + name, values(p.gradient())));
    }

    private static void copy(Matrix from, Matrix to) {
        System.arraycopy(from.data(), from.offset(), to.data(), to.offset(), to.size());
    }

    private static Pass bind(GoldenCase golden, Layer layer, String input) {
        int batch = golden.shape(input)[0];
        return layer.bind(golden.sample(input), Workspace.training(batch));
    }

    private static int pair(GoldenArguments hyper, String name, int side) {
        return hyper.pair(name)[side];
    }
}
