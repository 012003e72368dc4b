package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.ConvTranspose3d;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.List;

/** Convolutions and transposed ones, of sequences, images and volumes. */
final class ConvolutionEmitters {

    private ConvolutionEmitters() {}

    static void add(Emitters all) {
        all.with(Conv1d.class, ConvolutionEmitters::convolution)
                .with(Conv2d.class, ConvolutionEmitters::convolution)
                .with(Conv3d.class, ConvolutionEmitters::convolution)
                .with(ConvTranspose3d.class, ConvolutionEmitters::transposed)
                .with(ConvTranspose1d.class, ConvolutionEmitters::transposed)
                .with(ConvTranspose2d.class, ConvolutionEmitters::transposed);
    }

    private static Wire convolution(GraphBuilder g, Layer layer, Wire x) {
        return emit(g, "Conv", layer, x, List.of());
    }

    private static Wire transposed(GraphBuilder g, Layer layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        int[] more = settings.numbers("outputPadding");
        int[] stride = settings.numbers("stride");
        for (int side = 0; side < more.length; side++) {
            if (more[side] >= stride[side]) {
                return lengthened(g, layer, x, more, stride);
            }
        }
        OnnxAttribute padding = OnnxAttribute.ofLongs("output_padding", LayerSettings.longs(more));
        return emit(g, "ConvTranspose", layer, x, List.of(padding));
    }

    /**
     * ONNX takes output padding below the stride alone. Zeros behind the input make longer outputs,
     * too, of which what is too long is cut off.
     */
    private static Wire lengthened(GraphBuilder g, Layer layer, Wire x, int[] more, int[] stride) {
        long[] pads = new long[2 * x.rank()];
        for (int side = 0; side < more.length; side++) {
            pads[x.rank() + side + 2] = Math.ceilDiv(more[side], stride[side]);
        }
        String longer = g.call("Pad", List.of(x.name(), g.longs(pads)));
        Wire made = emit(g, "ConvTranspose", layer, new Wire(longer, x.shape()), List.of());
        String cut = made.name();
        for (int side = 0; side < more.length; side++) {
            cut = g.slice(cut, side + 2, 0, made.shape().dimension(side + 1), 1);
        }
        return new Wire(cut, made.shape());
    }

    private static Wire emit(
            GraphBuilder g, String operator, Layer layer, Wire x, List<OnnxAttribute> more) {
        LayerSettings settings = LayerSettings.of(layer);
        int[] kernel = settings.numbers("kernelSize");
        List<OnnxAttribute> all = new ArrayList<>(more);
        all.add(OnnxAttribute.ofLongs("kernel_shape", LayerSettings.longs(kernel)));
        all.add(longs("strides", settings.numbers("stride")));
        all.add(longs("dilations", settings.numbers("dilation")));
        all.add(longs("pads", pads(settings, kernel)));
        all.add(OnnxAttribute.of("group", settings.number("groups")));
        List<String> inputs = new ArrayList<>();
        inputs.add(x.name());
        for (Param parameter : layer.parameters().values()) {
            inputs.add(g.param(parameter));
        }
        String made = g.call(operator, inputs, all.toArray(OnnxAttribute[]::new));
        return new Wire(made, layer.outputShape(x.shape()));
    }

    private static OnnxAttribute longs(String name, int... numbers) {
        return OnnxAttribute.ofLongs(name, LayerSettings.longs(numbers));
    }

    /** Returns the padding before each side, then that behind each. */
    private static int[] pads(LayerSettings settings, int[] kernel) {
        int sides = kernel.length;
        int[] pads = new int[2 * sides];
        boolean word = settings.get("padding") instanceof String;
        int[] given = word ? null : settings.numbers("padding");
        for (int side = 0; side < sides; side++) {
            if (word) {
                int all = settings.numbers("dilation")[side] * (kernel[side] - 1);
                pads[side] = settings.word("padding").equals("causal") ? all : all / 2;
                pads[sides + side] = all - pads[side];
            } else if (given.length == sides) {
                pads[side] = given[side];
                pads[sides + side] = given[side];
            } else {
                pads[side] = given[2 * side];
                pads[sides + side] = given[2 * side + 1];
            }
        }
        return pads;
    }
}
