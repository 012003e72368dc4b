package io.github.lanewise.nn.layer;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.conv.AdaptiveAvgPool3d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool3d;
import io.github.lanewise.nn.conv.AvgPool3d;
import io.github.lanewise.nn.conv.ChannelShuffle;
import io.github.lanewise.nn.conv.CircularPad3d;
import io.github.lanewise.nn.conv.ConstantPad1d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.ConstantPad3d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.ConvTranspose3d;
import io.github.lanewise.nn.conv.Fold;
import io.github.lanewise.nn.conv.LPPool1d;
import io.github.lanewise.nn.conv.LPPool2d;
import io.github.lanewise.nn.conv.LPPool3d;
import io.github.lanewise.nn.conv.MaxPool1d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.MaxPoolIndices;
import io.github.lanewise.nn.conv.MaxUnpool;
import io.github.lanewise.nn.conv.MaxUnpool1d;
import io.github.lanewise.nn.conv.MaxUnpool2d;
import io.github.lanewise.nn.conv.MaxUnpool3d;
import io.github.lanewise.nn.conv.ReflectionPad3d;
import io.github.lanewise.nn.conv.ReplicationPad3d;
import io.github.lanewise.nn.conv.Unfold;
import io.github.lanewise.nn.conv.ZeroPad3d;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.InstanceNorm3d;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Layers for which a user of PyTorch looks, with other numbers than the usual ones. */
class TorchLayersTest {

    private static Layer layer(String name) {
        return switch (name) {
            case "celu" -> new CELU(0.7f);
            case "hardshrink" -> new Hardshrink(0.25f);
            case "softshrink" -> new Softshrink(0.25f);
            case "tanhshrink" -> new Tanhshrink();
            case "threshold" -> new Threshold(-0.25f, 2.5f);
            case "softmin" -> new Softmin();
            case "softmax 2d" -> new Softmax2d();
            case "unflatten" -> new Unflatten(1, 2, 1, 3);
            case "channel shuffle" -> new ChannelShuffle(2);
            case "unfold" -> new Unfold(3, 2).dilation(2, 1).padding(1, 2).stride(1, 3);
            case "fold" -> new Fold(5, 6, 3, 2).dilation(2, 1).padding(1, 2).stride(1, 3);
            case "constant pad 1d" -> new ConstantPad1d(2, -1, 1.5f);
            case "constant pad 2d" -> new ConstantPad2d(1, 2, -1, 3, 1.5f);
            case "constant pad 3d" -> new ConstantPad3d(1, 2, -1, 3, 0, 2, 1.5f);
            case "zero pad 3d" -> new ZeroPad3d(1, 2, -1, 3, 0, 2);
            case "reflect pad 3d" -> new ReflectionPad3d(1, 2, 3, 0, 2, 3);
            case "replicate pad 3d" -> new ReplicationPad3d(1, 2, 3, 0, 2, 3);
            case "circular pad 3d" -> new CircularPad3d(1, 2, 3, 0, 2, 3);
            case "batch norm 3d" -> new BatchNorm3d(2).eps(1e-3f);
            case "instance norm 3d" -> new InstanceNorm3d(2).eps(1e-3f).affine();
            case "lp pool 1d" -> new LPPool1d(2, 3).stride(2);
            case "lp pool 1d of odd p" -> new LPPool1d(3, 2);
            case "lp pool 1d, rounded up" -> new LPPool1d(1, 3).stride(2).ceilMode();
            case "lp pool 2d" -> new LPPool2d(4, 3, 2).stride(2, 1).ceilMode();
            case "lp pool 2d of a broken p" -> new LPPool2d(1.5f, 2);
            case "lp pool 2d of zeros" -> new LPPool2d(2, 2);
            case "lp pool 2d of infinity" -> new LPPool2d(Float.POSITIVE_INFINITY, 3).stride(2);
            case "lp pool 3d" -> new LPPool3d(2, 2, 3, 2).stride(1, 2, 2).ceilMode();
            case "max unpool 1d" ->
                    unpooled(
                            new Shape(3, 11),
                            x -> new MaxPool1d(2).call(x),
                            new MaxUnpool1d(2).outputSize(11));
            case "max unpool 2d" ->
                    unpooled(
                            new Shape(3, 7, 6),
                            x -> new MaxPool2d(3, 2).padding(1, 0).call(x),
                            new MaxUnpool2d(3, 2).stride(3, 2).padding(1, 0));
            case "max unpool 3d" ->
                    unpooled(
                            new Shape(2, 4, 5, 4),
                            x -> new MaxPool3d(2).call(x),
                            new MaxUnpool3d(2).outputSize(4, 5, 4));
            default -> name.contains("3d") ? volume(name) : pair(name);
        };
    }

    private static Layer unpooled(
            Shape shape, Function<Value, List<Value>> pool, MaxUnpool unpool) {
        Input x = new Input(shape);
        Value[] pooled = pool.apply(x).toArray(Value[]::new);
        return new Model(x, Value.merge(unpool, pooled));
    }

    private static Layer volume(String name) {
        return switch (name) {
            case "conv 3d" ->
                    new Conv3d(2, 4, 3, 2, 3).stride(2, 1, 3).padding(1, 0, 2).dilation(1, 2, 1);
            case "conv 3d in groups" ->
                    new Conv3d(4, 6, 2, 3, 3)
                            .padding(2, 1, 1)
                            .dilation(2, 1, 1)
                            .groups(2)
                            .withoutBias();
            case "conv transpose 3d" ->
                    new ConvTranspose3d(2, 4, 3, 2, 3)
                            .stride(2, 1, 3)
                            .padding(1, 0, 2)
                            .dilation(1, 2, 1)
                            .outputPadding(1, 1, 2)
                            .groups(2);
            case "conv transpose 3d without bias" -> new ConvTranspose3d(2, 3, 2).withoutBias();
            case "max pool 3d" ->
                    new MaxPool3d(3, 2, 3)
                            .stride(1, 2, 2)
                            .padding(1, 0, 1)
                            .dilation(1, 2, 1)
                            .ceilMode();
            case "avg pool 3d" ->
                    new AvgPool3d(3, 2, 3).stride(1, 2, 2).padding(1, 0, 1).ceilMode();
            case "avg pool 3d, padding not counted" ->
                    new AvgPool3d(2, 3, 3)
                            .stride(2, 2, 1)
                            .padding(1, 1, 1)
                            .ceilMode()
                            .countIncludePad(false);
            case "adaptive avg pool 3d" -> new AdaptiveAvgPool3d(2, 3, 3);
            case "adaptive max pool 3d" -> new AdaptiveMaxPool3d(2, 3, 3);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Layer pair(String name) {
        if (name.equals("bilinear")) {
            return merged(new Bilinear(4, 3, 6), new Shape(4), new Shape(3));
        }
        int space = name.lastIndexOf(' ');
        String number = name.substring(space + 1);
        Merge merge =
                switch (name.substring(0, space)) {
                    case "cosine similarity" ->
                            number.equals("0")
                                    ? new CosineSimilarity(0, 0.5f)
                                    : new CosineSimilarity(1, 1e-6f);
                    case "pairwise distance" ->
                            new PairwiseDistance(
                                    number.equals("inf")
                                            ? Float.POSITIVE_INFINITY
                                            : Float.parseFloat(number),
                                    1e-2f,
                                    false);
                    default -> throw new IllegalArgumentException(name);
                };
        return merged(merge, new Shape(4, 3), new Shape(4, 3));
    }

    private static Layer merged(Merge merge, Shape first, Shape second) {
        Input a = new Input(first);
        Input b = new Input(second);
        return new Model(List.of(a, b), List.of(Value.merge(merge, a, b)));
    }

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("more_layers");
    }

    /** Batch normalization differs in inference, by its running statistics. */
    @ParameterizedTest
    @MethodSource("cases")
    void layerMatchesPyTorch(GoldenCase golden) {
        Layer layer = layer(golden.name());
        if (golden.name().equals("batch norm 3d")) {
            checkTraining(golden, (BatchNorm3d) layer);
        } else {
            TorchNumbers.check(golden, layer);
        }
    }

    private static void checkTraining(GoldenCase golden, BatchNorm3d layer) {
        assign(layer.weight(), golden.input("weight"));
        assign(layer.bias(), golden.input("bias"));
        Pass pass = layer.bind(golden.sample("x"), Workspace.training(2));
        golden.check("y", values(pass.forward(golden.batch("x"))));
        golden.check("dx", values(pass.backward(golden.batch("dy"))));
        golden.check("dweight", values(layer.weight().gradient()));
        golden.check("dbias", values(layer.bias().gradient()));
    }

    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("cases")
    void backwardAgreesWithCentralDifferences(GoldenCase golden) {
        boolean rooted = golden.name().endsWith("odd p") || golden.name().endsWith("broken p");
        Layer own = layer(golden.name());
        // Sums below 0 have no root.
        Layer layer = rooted ? new Sequential(new Softplus(), own) : own;
        GradientCheck.Result result = GradientCheck.of(layer, golden.sample("x"), 2, 1);
        assertTrue(result.passed(), result::toString);
    }

    /** A batch with padding between its rows, twice the same gradient. */
    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("cases")
    void rowsMayLieApart(GoldenCase golden) {
        Layer layer = layer(golden.name());
        Matrix x = golden.batch("x");
        Matrix dy = golden.batch("dy");
        Pass pass = layer.bind(golden.sample("x"), Workspace.training(x.rows()));
        float[] y = values(pass.forward(x));
        float[] dx = values(pass.backward(dy));
        assertArrayEquals(y, values(pass.forward(apart(x))));
        assertArrayEquals(dx, values(pass.backward(apart(dy))));
    }

    private static Matrix apart(Matrix x) {
        Matrix wide = Matrices.gaussian(x.rows(), x.cols() + 3, 9);
        Matrix window = new Matrix(wide.data(), 2, x.rows(), x.cols(), wide.ld());
        for (int i = 0; i < x.rows(); i++) {
            int to = window.offset() + i * window.ld();
            System.arraycopy(x.data(), x.offset() + i * x.ld(), window.data(), to, x.cols());
        }
        return window;
    }

    /** The mean of the slopes for inference; a slope within the limits for each in training. */
    @Test
    void randomSlopesLieWithinTheirLimits() {
        RReLU layer = new RReLU(0.1f, 0.5f);
        Matrix x = Matrix.row(-1, 2, -1, -4, 0, Float.NaN);
        Pass inference = layer.bind(new Shape(6), Workspace.inference(1));
        assertArrayEquals(
                new float[] {-0.3f, 2, -0.3f, -1.2f, 0, Float.NaN},
                values(inference.forward(x)),
                1e-6f);
        Pass pass = layer.bind(new Shape(6), Workspace.training(1));
        float[] first = values(pass.forward(x)).clone();
        float[] slopes = values(pass.backward(Matrix.row(1, 1, 1, 1, 1, 1))).clone();
        assertTrue(slopes[0] >= 0.1f && slopes[0] <= 0.5f && slopes[0] != slopes[2]);
        assertEquals(1, slopes[1]);
        assertEquals(-4 * slopes[3], first[3]);
        float[] second = values(pass.forward(x)).clone();
        assertTrue(second[0] != first[0], "the same slope again");
        layer.draws(0);
        assertArrayEquals(first, values(pass.forward(x)));
        Pass half = layer.bind(new Shape(3), Workspace.training(1));
        layer.draws(0);
        assertArrayEquals(
                new float[] {first[0], first[1], first[2]},
                values(half.forward(Matrix.row(-1, 2, -1))));
    }

    /** Three values, the last of them for this place. */
    private static float[] unpoolAt(MaxUnpool layer, float place) {
        Shape shape = new Shape(1, 3);
        MergePass pass = layer.bind(List.of(shape, shape), Workspace.inference(1));
        Matrix[] inputs = {Matrix.row(7, 8, 9), Matrix.row(1, 2, place)};
        return values(pass.forward(inputs));
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new CELU(0),
                () -> new Hardshrink(-1),
                () -> new Softshrink(Float.NaN),
                () -> new Threshold(Float.NaN, 1),
                () -> new RReLU(0.5f, 0.4f),
                () -> new Unflatten(-1, 2),
                () -> new Unflatten(0, 2, 0),
                () -> new Unflatten(0, 2, 3).outputShape(new Shape(5)),
                () -> new Softmax2d().outputShape(new Shape(5)),
                () -> new ChannelShuffle(0),
                () -> new ChannelShuffle(3).outputShape(new Shape(4, 2)),
                () -> new Unfold(0),
                () -> new Unfold(3).outputShape(new Shape(1, 2, 2)),
                () -> new Fold(0, 2, 1),
                () -> new Fold(4, 4, 2).outputShape(new Shape(4, 5)),
                () -> new ConstantPad1d(1, Float.NaN),
                () -> new ReflectionPad3d(4).outputShape(new Shape(1, 4, 5, 6)),
                () -> new Conv3d(0, 1, 1),
                () -> new Conv3d(1, 1, 0),
                () -> new Conv3d(2, 3, 3).groups(2),
                () -> new Conv3d(2, 3, 3).outputShape(new Shape(2, 2, 5, 5)),
                () -> new Conv3d(2, 3, 3).outputShape(new Shape(3, 4, 5, 5)),
                () -> new ConvTranspose3d(1, 0, 1),
                () ->
                        new ConvTranspose3d(1, 1, 1)
                                .outputPadding(1, 0, 0)
                                .outputShape(new Shape(1, 2, 2, 2)),
                () -> new ConvTranspose3d(1, 1, 1).padding(1).outputShape(new Shape(1, 2, 2, 2)),
                () -> new Fold(4, 4, 1 << 16).outputShape(new Shape(4, 5)),
                () -> new MaxPool3d(2).padding(2, 0, 0),
                () -> new AvgPool3d(3).outputShape(new Shape(1, 2, 5, 5)),
                () -> new LPPool1d(0, 2),
                () -> new LPPool2d(Float.NEGATIVE_INFINITY, 2),
                () -> new LPPool3d(Float.NaN, 2),
                () -> new LPPool1d(2, 0),
                () -> new LPPool2d(2, 4).outputShape(new Shape(2, 3, 5)),
                () -> new LPPool1d(2, 4).outputShape(new Shape(2, 3, 5)),
                () -> new MaxUnpool2d(0),
                () -> new MaxUnpool1d(2).padding(-1),
                () -> new MaxPoolIndices(new AdaptiveMaxPool3d(1, 1, 1)),
                () -> unpoolAt(new MaxUnpool1d(2).outputSize(8), 0),
                () -> unpoolAt(new MaxUnpool1d(2), 6),
                () -> unpoolAt(new MaxUnpool1d(2), -1),
                () -> unpoolAt(new MaxUnpool2d(2), 0),
                () -> new AdaptiveAvgPool3d(0),
                () -> new AdaptiveMaxPool3d(1, 0, 1),
                () -> new EmbeddingBag(0, 1),
                () -> new EmbeddingBag(3, 1).paddingIdx(3),
                () -> new EmbeddingBag(3, 1).outputShape(List.of(new Shape(2), new Shape(2))),
                () -> new Bilinear(0, 1, 1),
                () -> new Bilinear(2, 3, 1).outputShape(List.of(new Shape(3), new Shape(2))),
                () -> new CosineSimilarity(-1, 0),
                () -> new CosineSimilarity().outputShape(List.of(new Shape(3), new Shape(2))),
                () -> new PairwiseDistance(0.5f, 0, false));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotBeIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    static Stream<Executable> late() {
        Conv3d conv = new Conv3d(2, 2, 1);
        conv.parameters();
        MaxPool3d pool = new MaxPool3d(1);
        pool.outputShape(new Shape(1, 2, 2, 2));
        EmbeddingBag bag = new EmbeddingBag(2, 2);
        bag.weight();
        Unfold unfold = new Unfold(1);
        unfold.outputShape(new Shape(1, 2, 2));
        return Stream.of(
                () -> conv.stride(2),
                conv::withoutBias,
                pool::ceilMode,
                bag::sparse,
                () -> bag.mode(EmbeddingBag.Mode.MAX),
                () -> unfold.stride(1, 2));
    }

    @ParameterizedTest
    @MethodSource("late")
    void optionsComeBeforeUse(Executable call) {
        assertThrows(IllegalStateException.class, call);
    }
}
