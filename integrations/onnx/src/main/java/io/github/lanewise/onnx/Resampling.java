package io.github.lanewise.onnx;

import java.util.Arrays;

/**
 * Which numbers of an axis a resized axis is made of, by ONNX's formulas. They are computed in
 * single precision, as ONNX Runtime and PyTorch compute them: else a number that lies between two
 * would come from the other one.
 *
 * @param mode nearest, linear or cubic
 * @param place where a number of the output lies on the input
 * @param rule how that is rounded by nearest
 * @param a the coefficient of cubic
 */
record Resampling(String mode, String place, String rule, float a) {

    /** The version in which Resize says where a number lies. */
    private static final int PLACES = 11;

    /** Reads the options of a Resize or Upsample. */
    static Resampling of(Call call) {
        boolean old = call.opset() < PLACES;
        for (String option : new String[] {"antialias", "exclude_outside"}) {
            if (call.number(option, 0) != 0) {
                throw new IllegalArgumentException(
                        "%s is %s; 0 is imported".formatted(option, call.number(option, 0)));
            }
        }
        Resampling made =
                new Resampling(
                        call.text("mode", "nearest"),
                        call.text(
                                "coordinate_transformation_mode",
                                old ? "asymmetric" : "half_pixel"),
                        call.text("nearest_mode", old ? "floor" : "round_prefer_floor"),
                        call.real("cubic_coeff_a", -0.75f));
        if (!Arrays.asList("nearest", "linear", "cubic").contains(made.mode)) {
            throw new IllegalArgumentException(
                    "mode %s; nearest, linear and cubic are imported".formatted(made.mode));
        }
        return made;
    }

    boolean isNearest() {
        return "nearest".equals(mode);
    }

    /** Returns whether a layer that is linear between the middles or ends of numbers does it. */
    boolean isPlainLinear() {
        return "linear".equals(mode)
                && Arrays.asList("half_pixel", "pytorch_half_pixel", "align_corners")
                        .contains(place);
    }

    /** Returns where a number of the output lies among those of the input. */
    private float at(int i, int size, int out, float factor) {
        return switch (place) {
            case "asymmetric" -> i / factor;
            case "align_corners" -> out == 1 ? 0 : (float) i * (size - 1) / (out - 1);
            case "half_pixel" -> (i + 0.5f) / factor - 0.5f;
            case "pytorch_half_pixel" -> out == 1 ? 0 : (i + 0.5f) / factor - 0.5f;
            case "half_pixel_symmetric" -> {
                float adjusted = out / (factor * size);
                yield size / 2f * (1 - adjusted) + (i + 0.5f) / factor - 0.5f;
            }
            default ->
                    throw new IllegalArgumentException(
                            "coordinate_transformation_mode %s; asymmetric, align_corners, half_pixel, half_pixel_symmetric and pytorch_half_pixel are imported"
                                    .formatted(place));
        };
    }

    /** Returns for each number of the output the one that it is a copy of. */
    int[] nearest(int size, int out, float factor) {
        int[] from = new int[out];
        for (int i = 0; i < out; i++) {
            float at = at(i, size, out, factor);
            double found =
                    switch (rule) {
                        case "floor" -> Math.floor(at);
                        case "ceil" -> Math.ceil(at);
                        case "round_prefer_floor" -> Math.ceil(at - 0.5);
                        case "round_prefer_ceil" -> Math.floor(at + 0.5);
                        default ->
                                throw new IllegalArgumentException(
                                        "nearest_mode %s".formatted(rule));
                    };
            from[i] = (int) Math.clamp(found, 0, size - 1);
        }
        return from;
    }

    /** Returns the shares of each number of the input in each of the output, input x output. */
    float[] shares(int size, int out, float factor) {
        float[] shares = new float[Math.multiplyExact(size, out)];
        for (int i = 0; i < out; i++) {
            float at = at(i, size, out, factor);
            boolean linear = "linear".equals(mode);
            float inside = linear ? Math.clamp(at, 0, size - 1) : at;
            int left = (int) Math.floor(inside);
            float t = inside - left;
            float[] taps =
                    linear
                            ? new float[] {0, 1 - t, t, 0}
                            : new float[] {far(1 + t), near(t), near(1 - t), far(2 - t)};
            for (int k = 0; k < taps.length; k++) {
                int from = Math.clamp(left + k - 1L, 0, size - 1);
                shares[from * out + i] += taps[k];
            }
        }
        return shares;
    }

    private float near(float d) {
        return ((a + 2) * d - (a + 3)) * d * d + 1;
    }

    private float far(float d) {
        return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
    }
}
