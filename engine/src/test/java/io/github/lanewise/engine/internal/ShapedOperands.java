package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Window;

import java.util.List;
import java.util.Map;

/** Calls of products, normalizations and windows for {@link OperandsTest}. */
final class ShapedOperands {

    private static final Kernels K = ChosenKernels.reference();
    private static final Window WINDOW = new Window(Axis.of(6, 3, 1, 0, 1), Axis.of(5, 2, 1, 0, 1));
    private static final Convolution SHAPE = new Convolution(2, 3, 1, WINDOW);

    private ShapedOperands() {}

    private static OperandCase of(String name) {
        return new OperandCase(name);
    }

    static List<OperandCase> cases() {
        return List.of(
                of("gemm")
                        .in("a", 4, 7)
                        .in("b", 7, 6)
                        .out("c", 4, 6)
                        .in("bias", 1, 6)
                        .free("bias null")
                        .call(
                                m ->
                                        K.gemm(
                                                Transpose.NN,
                                                m.get("a"),
                                                m.get("b"),
                                                0,
                                                m.get("c"),
                                                new Epilogue(
                                                        m.get("bias"), Activation.RELU, null))),
                of("gemm")
                        .in("a", 4, 7)
                        .in("b", 6, 7)
                        .out("c", 4, 6)
                        .in("saved", 4, 6)
                        .free("saved null")
                        .call(
                                m ->
                                        K.gemm(
                                                Transpose.NT,
                                                m.get("a"),
                                                m.get("b"),
                                                0,
                                                m.get("c"),
                                                new Epilogue(
                                                        null, Activation.RELU, m.get("saved")))),
                of("normalize")
                        .in("x", 4, 6)
                        .in("weight", 1, 6)
                        .in("bias", 1, 6)
                        .out("normalized", 4, 6)
                        .out("scales", 1, 4)
                        .out("y", 4, 6)
                        .free("weight rows", "bias rows", "bias null")
                        .call(
                                m ->
                                        K.normalizations()
                                                .normalize(
                                                        new RowNorm(true, 1e-5f),
                                                        m.get("x"),
                                                        m.get("weight"),
                                                        m.get("bias"),
                                                        m.get("normalized"),
                                                        m.get("scales"),
                                                        m.get("y"))),
                of("normalizeGradient")
                        .in("normalized", 4, 6)
                        .in("scales", 1, 4)
                        .in("weight", 1, 6)
                        .in("dy", 4, 6)
                        .out("dx", 4, 6)
                        .free("weight rows", "weight null")
                        .call(
                                m ->
                                        K.normalizations()
                                                .normalizeGradient(
                                                        new RowNorm(true, 1e-5f),
                                                        m.get("normalized"),
                                                        m.get("scales"),
                                                        m.get("weight"),
                                                        m.get("dy"),
                                                        m.get("dx"))),
                of("columnDots")
                        .in("x", 4, 6)
                        .in("y", 4, 6)
                        .out("sums", 1, 6)
                        .call(
                                m ->
                                        K.normalizations()
                                                .columnDots(
                                                        m.get("x"), m.get("y"), 0, m.get("sums"))),
                of("channelSums")
                        .in("x", 4, 6)
                        .out("sums", 1, 2)
                        .free("x rows", "sums cols")
                        .call(
                                m ->
                                        K.channelNormalizations()
                                                .channelSums(m.get("x"), 0, m.get("sums"))),
                of("channelMoments")
                        .in("x", 4, 6)
                        .out("mean", 1, 2)
                        .out("meanLow", 1, 2)
                        .out("variance", 1, 2)
                        .free("x rows")
                        .call(
                                m ->
                                        K.channelNormalizations()
                                                .channelMoments(
                                                        m.get("x"),
                                                        m.get("mean"),
                                                        m.get("meanLow"),
                                                        m.get("variance"))),
                of("normalizeGradientSums")
                        .in("x", 4, 6)
                        .in("mean", 1, 2)
                        .in("dy", 4, 6)
                        .out("dWeight", 1, 2)
                        .out("dBias", 1, 2)
                        .free("mean null")
                        .call(
                                m ->
                                        K.channelNormalizations()
                                                .normalizeGradientSums(
                                                        channels(m.get("mean")),
                                                        m.get("x"),
                                                        m.get("dy"),
                                                        m.get("dWeight"),
                                                        m.get("dBias"))),
                of("convolve")
                        .in("x", 4, 60)
                        .in("weight", 3, 12)
                        .out("y", 4, 48)
                        .in("bias", 1, 3)
                        .free("bias null")
                        .call(
                                m ->
                                        K.windows()
                                                .convolve(
                                                        SHAPE,
                                                        m.get("x"),
                                                        m.get("weight"),
                                                        m.get("y"),
                                                        new Epilogue(
                                                                m.get("bias"),
                                                                Activation.IDENTITY,
                                                                null))),
                of("convolveWeightGradient")
                        .in("x", 4, 60)
                        .in("dy", 4, 48)
                        .out("dWeight", 3, 12)
                        .call(
                                m ->
                                        K.windows()
                                                .convolveWeightGradient(
                                                        SHAPE,
                                                        m.get("x"),
                                                        m.get("dy"),
                                                        0,
                                                        m.get("dWeight"))),
                of("convolveInputGradient")
                        .in("dy", 4, 48)
                        .in("weight", 3, 12)
                        .out("dx", 4, 60)
                        .call(
                                m ->
                                        K.windows()
                                                .convolveInputGradient(
                                                        SHAPE,
                                                        m.get("dy"),
                                                        m.get("weight"),
                                                        m.get("dx"),
                                                        Epilogue.NONE)),
                of("maxPool")
                        .in("x", 4, 60)
                        .out("y", 4, 32)
                        .call(m -> K.windows().maxPool(WINDOW, m.get("x"), m.get("y"), null)),
                of("averagePool")
                        .in("x", 4, 60)
                        .out("y", 4, 4)
                        .call(
                                m ->
                                        K.windows()
                                                .averagePool(
                                                        Regions.adaptive(6, 2),
                                                        Regions.adaptive(5, 1),
                                                        m.get("x"),
                                                        m.get("y"))),
                of("averagePoolGradient")
                        .in("dy", 4, 4)
                        .out("dx", 4, 60)
                        .call(
                                m ->
                                        K.windows()
                                                .averagePoolGradient(
                                                        Regions.adaptive(6, 2),
                                                        Regions.adaptive(5, 1),
                                                        m.get("dy"),
                                                        m.get("dx"))),
                of("normalize")
                        .in("x", 4, 6)
                        .in("mean", 1, 2)
                        .in("meanLow", 1, 2)
                        .in("variance", 1, 2)
                        .in("weight", 1, 2)
                        .in("bias", 1, 2)
                        .out("y", 4, 6)
                        .free("meanLow null", "weight null", "bias null")
                        .call(
                                m ->
                                        K.channelNormalizations()
                                                .normalize(
                                                        norm(m),
                                                        Activation.RELU,
                                                        m.get("x"),
                                                        m.get("y"))),
                of("normalizeGradient")
                        .in("x", 4, 6)
                        .in("mean", 1, 2)
                        .in("dWeight", 1, 2)
                        .in("dBias", 1, 2)
                        .in("dy", 4, 6)
                        .out("dx", 4, 6)
                        .call(
                                m ->
                                        K.channelNormalizations()
                                                .normalizeGradient(
                                                        channels(m.get("mean")),
                                                        m.get("x"),
                                                        m.get("dWeight"),
                                                        m.get("dBias"),
                                                        m.get("dy"),
                                                        m.get("dx"))),
                of("maxPoolGradient")
                        .in("dy", 4, 32)
                        .out("dx", 4, 60)
                        .call(
                                m ->
                                        K.windows()
                                                .maxPoolGradient(
                                                        WINDOW,
                                                        new int[200],
                                                        m.get("dy"),
                                                        m.get("dx"))));
    }

    private static ChannelNorm norm(Map<String, Matrix> m) {
        return new ChannelNorm(
                m.get("mean"),
                m.get("meanLow"),
                m.get("variance"),
                1e-5f,
                m.get("weight"),
                m.get("bias"));
    }

    private static ChannelNorm channels(Matrix mean) {
        return new ChannelNorm(mean, Matrix.zeros(1, 2), 1e-5f, null, null);
    }
}
