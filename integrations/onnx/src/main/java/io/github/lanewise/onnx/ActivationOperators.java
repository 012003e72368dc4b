package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Hardsigmoid;
import io.github.lanewise.nn.layer.Hardswish;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Softsign;
import io.github.lanewise.nn.layer.Tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Activations, softmax and dropout. */
final class ActivationOperators {

    private static final float SELU_ALPHA = 1.67326319217681884765625f;
    private static final float SELU_GAMMA = 1.05070102214813232421875f;
    private static final float HALF = 0.5f;
    private static final float SIXTH = 1f / 6;

    /** Older than this, softmax saw everything from its axis on as one row. */
    private static final long ONE_AXIS = 13;

    private ActivationOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("Celu", layer(call -> celu(call.real("alpha", 1))));
        all.put("Clip", ActivationOperators::clip);
        all.put("Elu", layer(call -> one(new ELU(call.real("alpha", 1)))));
        all.put("Gelu", layer(ActivationOperators::gelu));
        all.put("HardSigmoid", layer(ActivationOperators::hardSigmoid));
        all.put("HardSwish", layer(call -> one(new Hardswish())));
        all.put("LeakyRelu", layer(call -> one(new LeakyReLU(call.real("alpha", 0.01f)))));
        all.put("LogSoftmax", call -> List.of(softmax(call, new LogSoftmax())));
        all.put("Mish", layer(call -> one(new Mish())));
        all.put("PRelu", call -> List.of(prelu(call)));
        all.put("Relu", layer(call -> one(new ReLU())));
        all.put("Selu", layer(ActivationOperators::selu));
        all.put("Sigmoid", layer(call -> one(new Sigmoid())));
        all.put("Softmax", call -> List.of(softmax(call, new Softmax())));
        all.put("Softplus", layer(call -> one(new Softplus())));
        all.put("Softsign", layer(call -> one(new Softsign())));
        all.put("Swish", layer(ActivationOperators::swish));
        all.put("Tanh", layer(call -> one(new Tanh())));
    }

    private static Operator layer(Function<Call, Layer[]> maker) {
        return call -> List.of(call.flow(0).then(maker.apply(call)));
    }

    private static Layer[] one(Layer layer) {
        return new Layer[] {layer};
    }

    private static Layer[] celu(float alpha) {
        return alpha == 1
                ? one(new ELU(1))
                : new Layer[] {new Affine(1 / alpha, 0), new ELU(1), new Affine(alpha, 0)};
    }

    private static Layer[] gelu(Call call) {
        boolean tanh = "tanh".equals(call.text("approximate", "none"));
        return one(new GELU(tanh ? GELU.Approximate.TANH : GELU.Approximate.NONE));
    }

    private static Layer[] hardSigmoid(Call call) {
        float alpha = call.real("alpha", 0.2f);
        float beta = call.real("beta", HALF);
        return Math.abs(alpha - SIXTH) < 1e-6f && beta == HALF
                ? one(new Hardsigmoid())
                : new Layer[] {new Affine(alpha, beta), new Hardtanh(0, 1)};
    }

    private static Layer[] selu(Call call) {
        float alpha = call.real("alpha", SELU_ALPHA);
        float gamma = call.real("gamma", SELU_GAMMA);
        return alpha == SELU_ALPHA && gamma == SELU_GAMMA
                ? one(new SELU())
                : new Layer[] {new ELU(alpha), new Affine(gamma, 0)};
    }

    private static Layer[] swish(Call call) {
        if (call.real("alpha", 1) != 1) {
            throw new IllegalArgumentException("alpha is not 1");
        }
        return one(new SiLU());
    }

    private static List<Imported> clip(Call call) {
        return List.of(
                ArithmeticOperators.clip(
                        call.flow(0), bound(call, 1, "min"), bound(call, 2, "max")));
    }

    private static Float bound(Call call, int input, String name) {
        if (call.has(input)) {
            return call.known(input).floats()[0];
        }
        return call.hasAttribute(name) ? call.real(name, 0) : null;
    }

    static List<Imported> dropout(Call call) {
        Imported x = call.input(0);
        float share = call.has(1) ? call.known(1).floats()[0] : call.real("ratio", HALF);
        return x instanceof Flow flow && share > 0
                ? List.of(flow.then(new Dropout(share)))
                : List.of(x);
    }

    private static Imported prelu(Call call) {
        Flow x = call.flow(0);
        Known slope = call.known(1);
        int channels = slope.count();
        int channelAxis = x.rank() - slope.rank();
        boolean first = channels == 1 || x.layout().sample().dimension(0) == channels;
        boolean leading =
                channels == 1
                        || slope.sizes()[0] == channels && channelAxis == 1
                        || slope.rank() == x.rank() && slope.sizes()[1] == channels;
        if (!first || !leading) {
            throw new IllegalArgumentException(
                    "slopes of %s for %s; one, or one for each channel are imported"
                            .formatted(Imported.text(slope.dims()), Imported.text(x.dims())));
        }
        PReLU layer =
                call.context()
                        .layer(
                                PReLU.class,
                                List.of(),
                                List.of(slope),
                                () -> {
                                    PReLU made = new PReLU(channels, 0.25f);
                                    Importing.set(made.weight(), slope.floats());
                                    return made;
                                });
        return x.then(layer);
    }

    private static Imported softmax(Call call, Layer ofLast) {
        Flow x = call.flow(0);
        int rank = x.rank();
        boolean old = call.opset() < ONE_AXIS;
        int axis = Call.axis(call.number("axis", old ? 1 : -1), rank);
        if (axis == rank - 1) {
            x.layout().inSample(axis);
            return x.then(ofLast);
        }
        if (old) {
            List<Dim> dims = x.dims();
            List<Dim> rows = new ArrayList<>(dims.subList(0, axis));
            rows.add(ShapeOperators.product(dims.subList(axis, rank)));
            return x.reshape(rows).then(ofLast).reshape(dims);
        }
        x.layout().inSample(axis);
        int last = axis;
        int[] swap =
                IntStream.range(0, rank)
                        .map(i -> i == last ? rank - 1 : i == rank - 1 ? last : i)
                        .toArray();
        return x.permute(swap).then(ofLast).permute(swap);
    }
}
