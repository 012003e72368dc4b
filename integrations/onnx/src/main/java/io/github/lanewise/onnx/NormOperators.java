package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.norm.BatchNorm;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.norm.RMSNorm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Normalizations. */
final class NormOperators {

    private static final float EPS = 1e-5f;
    private static final float MOMENTUM = 0.9f;

    private NormOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("BatchNormalization", call -> List.of(batchNorm(call)));
        all.put("GroupNormalization", call -> List.of(groupNorm(call)));
        all.put("InstanceNormalization", call -> List.of(instanceNorm(call)));
        all.put("LayerNormalization", call -> List.of(layerNorm(call)));
        all.put("LRN", call -> List.of(localResponse(call)));
        all.put("RMSNormalization", call -> List.of(rmsNorm(call)));
    }

    private static Flow withChannels(Call call, int least) {
        Flow x = call.flow(0);
        if (x.rank() < least || !x.layout().axes().getFirst().isPureBatch()) {
            throw new IllegalArgumentException(
                    "input is %s; batch x channels ... is imported"
                            .formatted(Imported.text(x.dims())));
        }
        return x;
    }

    private static Imported batchNorm(Call call) {
        Flow x = withChannels(call, 2);
        int channels = x.size(1);
        List<Known> arrays = List.of(call.known(1), call.known(2), call.known(3), call.known(4));
        float eps = call.real("epsilon", EPS);
        float momentum = 1 - call.real("momentum", MOMENTUM);
        boolean images = x.rank() >= 4;
        BatchNorm layer =
                call.context()
                        .layer(
                                BatchNorm.class,
                                List.of(eps, momentum, images),
                                arrays,
                                () -> batchNorm(channels, images, eps, momentum, arrays));
        if (x.rank() <= 4) {
            return x.then(layer);
        }
        int rest = Known.product(IntStream.range(3, x.rank()).map(x::size).toArray());
        return x.with(x.seenAs(List.of(channels, x.size(2), rest)).then(layer), x.layout());
    }

    private static BatchNorm batchNorm(
            int channels, boolean images, float eps, float momentum, List<Known> arrays) {
        BatchNorm layer =
                images
                        ? new BatchNorm2d(channels).eps(eps).momentum(momentum)
                        : new BatchNorm1d(channels).eps(eps).momentum(momentum);
        Importing.set(layer.weight(), arrays.get(0).floats());
        Importing.set(layer.bias(), arrays.get(1).floats());
        Importing.set(layer.runningMean(), arrays.get(2).floats());
        Importing.set(layer.runningVar(), arrays.get(3).floats());
        return layer;
    }

    /** Sets weight and bias of a layer that calls them so. */
    private static <L extends Layer> L filled(L layer, Known weight, Known bias) {
        Map<String, Param> parameters = layer.parameters();
        if (weight != null) {
            Importing.set(parameters.get("weight"), weight.floats());
        }
        if (bias != null) {
            Importing.set(parameters.get("bias"), bias.floats());
        }
        return layer;
    }

    /** Exporters write ones and zeros of their own where a layer has no weight and bias. */
    private static boolean isPlain(Known weight, Known bias) {
        boolean own = weight.name() == null || weight.name().startsWith("val_");
        return own && weight.uniform() == 1 && bias.uniform() == 0;
    }

    private static Imported instanceNorm(Call call) {
        Flow x = withChannels(call, 3);
        Known weight = call.known(1);
        Known bias = call.known(2);
        boolean plain = isPlain(weight, bias);
        float eps = call.real("epsilon", EPS);
        int channels = x.size(1);
        boolean images = x.rank() == 4;
        Layer layer =
                call.context()
                        .layer(
                                Layer.class,
                                List.of("instance", eps, images, plain),
                                List.of(weight, bias),
                                () -> instanceNorm(channels, images, eps, plain, weight, bias));
        if (x.rank() <= 4) {
            return x.then(layer);
        }
        int rest = Known.product(IntStream.range(2, x.rank()).map(x::size).toArray());
        return x.with(x.seenAs(List.of(channels, rest)).then(layer), x.layout());
    }

    private static Layer instanceNorm(
            int channels, boolean images, float eps, boolean plain, Known weight, Known bias) {
        if (images) {
            InstanceNorm2d made = new InstanceNorm2d(channels).eps(eps);
            return plain ? made : filled(made.affine(), weight, bias);
        }
        InstanceNorm1d made = new InstanceNorm1d(channels).eps(eps);
        return plain ? made : filled(made.affine(), weight, bias);
    }

    private static Imported groupNorm(Call call) {
        Flow x = withChannels(call, 2);
        int channels = x.size(1);
        int groups = call.integer("num_groups", 1);
        float eps = call.real("epsilon", EPS);
        Known weight = ofChannels(call.known(1), channels);
        Known bias = ofChannels(call.known(2), channels);
        GroupNorm layer =
                call.context()
                        .layer(
                                GroupNorm.class,
                                List.of(groups, eps),
                                List.of(weight, bias),
                                () ->
                                        filled(
                                                new GroupNorm(groups, channels).eps(eps),
                                                weight,
                                                bias));
        return x.then(layer);
    }

    /** Before version 21 there was a number for each group. */
    private static Known ofChannels(Known x, int channels) {
        int each = channels / Math.max(1, x.count());
        x.budget().take(channels);
        return x.count() == channels
                ? x
                : x.take(0, IntStream.range(0, channels).map(i -> i / each).toArray());
    }

    /** Returns the sizes from an axis to the last, which are normalized together. */
    private static int[] normalized(Call call, Flow x) {
        int axis = Call.axis(call.number("axis", -1), x.rank());
        return IntStream.range(axis, x.rank()).map(x::size).toArray();
    }

    private static void requireCount(Known array, int[] sizes) {
        if (array != null && array.count() != Known.product(sizes)) {
            throw new IllegalArgumentException(
                    "a weight or bias of %s for %s"
                            .formatted(Imported.text(array.dims()), Arrays.toString(sizes)));
        }
    }

    private static Imported layerNorm(Call call) {
        Flow x = call.flow(0);
        int[] sizes = normalized(call, x);
        Known weight = call.known(1);
        Known bias = call.has(2) ? call.known(2) : null;
        requireCount(weight, sizes);
        requireCount(bias, sizes);
        float eps = call.real("epsilon", EPS);
        List<Known> arrays = new ArrayList<>();
        arrays.add(weight);
        arrays.add(bias);
        LayerNorm layer =
                call.context()
                        .layer(
                                LayerNorm.class,
                                List.of(eps, Arrays.toString(sizes)),
                                arrays,
                                () -> {
                                    LayerNorm made = new LayerNorm(sizes).eps(eps);
                                    return filled(
                                            bias == null ? made.withoutBias() : made, weight, bias);
                                });
        return x.then(layer);
    }

    private static Imported rmsNorm(Call call) {
        Flow x = call.flow(0);
        int[] sizes = normalized(call, x);
        Known weight = call.known(1);
        requireCount(weight, sizes);
        float eps = call.real("epsilon", EPS);
        RMSNorm layer =
                call.context()
                        .layer(
                                RMSNorm.class,
                                List.of(eps, Arrays.toString(sizes)),
                                List.of(weight),
                                () -> filled(new RMSNorm(sizes).eps(eps), weight, null));
        return x.then(layer);
    }

    private static Imported localResponse(Call call) {
        Flow x = withChannels(call, 3);
        int size = call.integer("size", 1);
        if (size % 2 == 0) {
            throw new IllegalArgumentException(
                    "an even size of %s sees more channels behind than before; an odd one is imported"
                            .formatted(size));
        }
        return x.then(
                new LocalResponseNorm(size)
                        .alpha(call.real("alpha", 1e-4f))
                        .beta(call.real("beta", 0.75f))
                        .k(call.real("bias", 1)));
    }
}
