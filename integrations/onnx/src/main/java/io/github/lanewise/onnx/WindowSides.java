package io.github.lanewise.onnx;

import java.util.Arrays;

/**
 * How a window slides along the sides of images or sequences, from a node's options.
 *
 * @param kernel taps along each side
 * @param stride steps along each side
 * @param dilation between taps
 * @param before padding at the beginning of each side
 * @param after padding at the end of each side
 * @param round whether outputs are rounded up
 */
record WindowSides(
        int[] kernel, int[] stride, int[] dilation, int[] before, int[] after, boolean round) {

    /** Reads the options, for an input of these sizes along its sides. */
    static WindowSides of(Call call, int[] kernel, int[] sizes) {
        int n = kernel.length;
        int[] stride = call.ints("strides", n, 1);
        int[] dilation = call.ints("dilations", n, 1);
        int[] pads = call.ints("pads", 2 * n, 0);
        int[] before = Arrays.copyOfRange(pads, 0, n);
        int[] after = Arrays.copyOfRange(pads, n, 2 * n);
        String auto = call.text("auto_pad", "NOTSET");
        for (int i = 0; i < n; i++) {
            if (kernel[i] < 1 || stride[i] < 1 || dilation[i] < 1) {
                throw new IllegalArgumentException(
                        "kernel, strides and dilations must be 1 or more");
            }
            if (auto.startsWith("SAME")) {
                long span = dilation[i] * (kernel[i] - 1L) + 1;
                long out = Math.ceilDiv(sizes[i], stride[i]);
                long all = Math.max(0, (out - 1) * stride[i] + span - sizes[i]);
                int less = Math.toIntExact(all / 2);
                int more = Math.toIntExact(all - less);
                before[i] = auto.endsWith("UPPER") ? less : more;
                after[i] = auto.endsWith("UPPER") ? more : less;
            } else if (auto.equals("VALID")) {
                before[i] = 0;
                after[i] = 0;
            } else if (!auto.equals("NOTSET") && !auto.isEmpty()) {
                throw new IllegalArgumentException("auto_pad %s".formatted(auto));
            }
        }
        boolean round = call.number("ceil_mode", 0) != 0;
        return new WindowSides(kernel, stride, dilation, before, after, round);
    }

    int sides() {
        return kernel.length;
    }

    boolean isDilated() {
        return Arrays.stream(dilation).anyMatch(d -> d != 1);
    }

    /** Returns the outputs along a side of this size. */
    long out(int side, int size) {
        long span = dilation[side] * (kernel[side] - 1L) + 1;
        long room = size + (long) before[side] + after[side] - span;
        if (room < 0) {
            return 0;
        }
        long out = (round ? Math.ceilDiv(room, stride[side]) : room / stride[side]) + 1;
        // A window that would begin in the padding behind is left out, as PyTorch does.
        boolean late = round && (out - 1) * stride[side] >= size + before[side];
        return late ? out - 1 : out;
    }

    /** Returns it with the same padding at both ends. */
    WindowSides padded(int[] pads, boolean up) {
        return new WindowSides(kernel, stride, dilation, pads, pads, up);
    }
}
