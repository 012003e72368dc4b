package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.List;

/**
 * The windows of a pool, with so much padding behind each side as the last window needs, rounded
 * down or up: what is made so has the wanted size in every implementation.
 *
 * @param sizes of the sides of the input
 * @param outs how many windows each side has
 * @param kernel taps of the window
 * @param stride from one window to the next
 * @param dilation from one tap to the next
 * @param before padding before each side
 * @param behind padding behind each side; may be less than before
 */
record Windows(
        int[] sizes,
        int[] outs,
        int[] kernel,
        int[] stride,
        int[] dilation,
        int[] before,
        int[] behind) {

    static Windows of(Layer layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        int[] kernel = settings.numbers("kernelSize");
        int sides = kernel.length;
        int[] dilation = new int[sides];
        int[] sizes = new int[sides];
        int[] outs = new int[sides];
        int[] behind = new int[sides];
        int[] stride = settings.numbers("stride");
        int[] before = settings.has("padding") ? settings.numbers("padding") : new int[sides];
        for (int side = 0; side < sides; side++) {
            dilation[side] = settings.has("dilation") ? settings.numbers("dilation")[side] : 1;
            sizes[side] = x.shape().dimension(side + 1);
            outs[side] = layer.outputShape(x.shape()).dimension(side + 1);
            int end = (outs[side] - 1) * stride[side] + dilation[side] * (kernel[side] - 1) + 1;
            behind[side] = Math.max(0, end - sizes[side] - before[side]);
        }
        return new Windows(sizes, outs, kernel, stride, dilation, before, behind);
    }

    int sides() {
        return kernel.length;
    }

    /** Returns whether implementations take so much padding: less than the kernel. */
    boolean isPaddingSmall() {
        for (int side = 0; side < sides(); side++) {
            if (Math.max(before[side], behind[side]) >= kernel[side]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether each window lies within the image and as much padding behind as before. */
    boolean isPaddingEven() {
        for (int side = 0; side < sides(); side++) {
            if (behind[side] > before[side]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the padding of all axes of the file's value, as Pad takes it. */
    long[] padsOfAll() {
        int rank = sides() + 2;
        long[] pads = new long[2 * rank];
        for (int side = 0; side < sides(); side++) {
            pads[side + 2] = before[side];
            pads[rank + side + 2] = behind[side];
        }
        return pads;
    }

    List<OnnxAttribute> attributes(boolean padded) {
        List<OnnxAttribute> all = new ArrayList<>();
        all.add(OnnxAttribute.ofLongs("kernel_shape", LayerSettings.longs(kernel)));
        all.add(OnnxAttribute.ofLongs("strides", LayerSettings.longs(stride)));
        if (padded) {
            long[] pads = new long[2 * sides()];
            for (int side = 0; side < sides(); side++) {
                pads[side] = before[side];
                pads[sides() + side] = behind[side];
            }
            all.add(OnnxAttribute.ofLongs("pads", pads));
        }
        return all;
    }
}
