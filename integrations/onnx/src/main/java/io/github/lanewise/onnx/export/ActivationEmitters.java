package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.Hardsigmoid;
import io.github.lanewise.nn.layer.Hardswish;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.LogSigmoid;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.ReLU6;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Softmax2d;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Softsign;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.Arrays;
import java.util.List;

/** Activations: an operator where ONNX has one at this version, else the formula. */
final class ActivationEmitters {

    private static final double CUBE = 0.044715;
    private static final float SIXTH = 1 / 6f;
    private static final float HALF = 0.5f;

    /** From here on ln(1 + exp x) is x, as a float. */
    private static final float SAME = 17;

    private ActivationEmitters() {}

    static void add(Emitters all) {
        OnnxAttribute lastAxis = OnnxAttribute.of("axis", -1);
        all.with(ReLU.class, (g, layer, x) -> g.map("Relu", x))
                .with(ReLU6.class, (g, layer, x) -> clip(g, x, 0, 6))
                .with(Hardtanh.class, ActivationEmitters::hardtanh)
                .with(ELU.class, (g, layer, x) -> g.map("Elu", x, option(layer, "alpha", "alpha")))
                .with(
                        CELU.class,
                        (g, layer, x) -> g.map("Celu", x, option(layer, "alpha", "alpha")))
                .with(Hardshrink.class, ActivationEmitters::hardshrink)
                .with(Softshrink.class, ActivationEmitters::softshrink)
                .with(Threshold.class, ActivationEmitters::threshold)
                .with(
                        Tanhshrink.class,
                        (g, layer, x) -> g.combine("Sub", x, g.map("Tanh", x).name()))
                .with(Softmin.class, (g, layer, x) -> g.map("Softmax", g.map("Neg", x), lastAxis))
                .with(
                        Softmax2d.class,
                        (g, layer, x) -> g.map("Softmax", x, OnnxAttribute.of("axis", 1)))
                .with(RReLU.class, ActivationEmitters::randomized)
                .with(SELU.class, (g, layer, x) -> g.map("Selu", x))
                .with(Sigmoid.class, (g, layer, x) -> g.map("Sigmoid", x))
                .with(Tanh.class, (g, layer, x) -> g.map("Tanh", x))
                .with(Softsign.class, (g, layer, x) -> g.map("Softsign", x))
                .with(Softmax.class, (g, layer, x) -> g.map("Softmax", x, lastAxis))
                .with(LogSoftmax.class, (g, layer, x) -> g.map("LogSoftmax", x, lastAxis))
                .with(Hardswish.class, (g, layer, x) -> g.map("HardSwish", x))
                .with(
                        LeakyReLU.class,
                        (g, layer, x) ->
                                g.map("LeakyRelu", x, option(layer, "negativeSlope", "alpha")))
                .with(
                        Hardsigmoid.class,
                        (g, layer, x) ->
                                g.map(
                                        "HardSigmoid",
                                        x,
                                        OnnxAttribute.of("alpha", SIXTH),
                                        OnnxAttribute.of("beta", HALF)))
                .with(SiLU.class, (g, layer, x) -> silu(g, x))
                .with(Mish.class, ActivationEmitters::mish)
                .with(LogSigmoid.class, ActivationEmitters::logSigmoid)
                .with(Softplus.class, ActivationEmitters::softplus)
                .with(GELU.class, ActivationEmitters::gelu)
                .with(PReLU.class, ActivationEmitters::prelu)
                .with(ParametricActivation.class, ActivationEmitters::parametric);
    }

    private static OnnxAttribute option(Layer layer, String ours, String onnx) {
        return OnnxAttribute.of(onnx, LayerSettings.of(layer).real(ours));
    }

    private static Wire clip(GraphBuilder g, Wire x, float min, float max) {
        return new Wire(g.call("Clip", List.of(x.name(), g.scalar(min), g.scalar(max))), x.shape());
    }

    private static Wire hardtanh(GraphBuilder g, Hardtanh layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        return clip(g, x, settings.real("minVal"), settings.real("maxVal"));
    }

    private static Wire chosen(GraphBuilder g, Wire x, String size, float most, float instead) {
        String small = g.call("LessOrEqual", List.of(size, g.scalar(most)));
        return new Wire(g.call("Where", List.of(small, g.scalar(instead), x.name())), x.shape());
    }

    /** ONNX's Shrink makes 0 of NaN; here it stays. */
    private static Wire hardshrink(GraphBuilder g, Hardshrink layer, Wire x) {
        float most = LayerSettings.of(layer).real("lambd");
        return chosen(g, x, g.map("Abs", x).name(), most, 0);
    }

    private static Wire softshrink(GraphBuilder g, Softshrink layer, Wire x) {
        float most = LayerSettings.of(layer).real("lambd");
        return g.combine("Sub", x, clip(g, x, -most, most).name());
    }

    private static Wire threshold(GraphBuilder g, Threshold layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        return chosen(g, x, x.name(), settings.real("threshold"), settings.real("value"));
    }

    /** What it is for inference. */
    private static Wire randomized(GraphBuilder g, RReLU layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        float slope = (settings.real("lower") + settings.real("upper")) / 2;
        return g.map("LeakyRelu", x, OnnxAttribute.of("alpha", slope));
    }

    static Wire silu(GraphBuilder g, Wire x) {
        return g.combine("Mul", x, g.map("Sigmoid", x).name());
    }

    private static Wire mish(GraphBuilder g, Mish layer, Wire x) {
        return g.combine("Mul", x, g.map("Tanh", g.map("Softplus", x)).name());
    }

    private static Wire logSigmoid(GraphBuilder g, LogSigmoid layer, Wire x) {
        return g.map("Neg", g.map("Softplus", g.map("Neg", x)));
    }

    private static Wire softplus(GraphBuilder g, Softplus layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        float beta = settings.real("beta");
        Wire scaled = beta == 1 ? x : g.combine("Mul", x, g.scalar(beta));
        Wire made = g.map("Softplus", scaled);
        Wire soft = beta == 1 ? made : g.combine("Div", made, g.scalar(beta));
        float threshold = settings.real("threshold");
        if (threshold >= SAME) {
            return soft;
        }
        String large = g.call("Greater", List.of(scaled.name(), g.scalar(threshold)));
        return new Wire(g.call("Where", List.of(large, x.name(), soft.name())), x.shape());
    }

    private static Wire gelu(GraphBuilder g, GELU layer, Wire x) {
        return LayerSettings.of(layer).word("approximate").equals("tanh")
                ? geluTanh(g, x)
                : gelu(g, x);
    }

    /** Returns x (1 + erf(x / sqrt 2)) / 2. */
    static Wire gelu(GraphBuilder g, Wire x) {
        Wire erf = g.map("Erf", g.combine("Div", x, g.scalar(Math.sqrt(2))));
        return halved(g, x, erf);
    }

    private static Wire halved(GraphBuilder g, Wire x, Wire part) {
        Wire sum = g.combine("Add", part, g.scalar(1));
        return g.combine("Mul", g.combine("Mul", x, sum.name()), g.scalar(HALF));
    }

    private static Wire geluTanh(GraphBuilder g, Wire x) {
        Wire cube = g.combine("Mul", g.combine("Mul", x, x.name()), x.name());
        Wire inner = g.combine("Add", x, g.combine("Mul", cube, g.scalar(CUBE)).name());
        Wire tanh = g.map("Tanh", g.combine("Mul", inner, g.scalar(Math.sqrt(2 / Math.PI))));
        return halved(g, x, tanh);
    }

    /** A slope for each channel stands before the axes behind the channels. */
    private static Wire prelu(GraphBuilder g, PReLU layer, Wire x) {
        int[] dimensions = new int[x.shape().rank()];
        Arrays.fill(dimensions, 1);
        dimensions[0] = layer.weight().size();
        return g.combine("PRelu", x, g.param(layer.weight(), new Shape(dimensions)));
    }

    private static Wire parametric(GraphBuilder g, ParametricActivation layer, Wire x) {
        Layer f = (Layer) LayerSettings.of(layer).get("activation");
        Wire difference = g.combine("Sub", g.layer("activation", f, x), x.name());
        String weight = g.param(layer.weight(), x.shape());
        return g.combine("Add", x, g.combine("Mul", difference, weight).name());
    }
}
