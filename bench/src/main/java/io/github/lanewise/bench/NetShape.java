package io.github.lanewise.bench;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A multi-layer perceptron's widths and its batch, written like {@code 784-256-128-10@64}.
 *
 * @param widths features of the input, of each hidden layer and of the output
 * @param batch samples in a step
 */
public record NetShape(int[] widths, int batch) {

    private static final Pattern TEXT = Pattern.compile("(\\d+(?:-\\d+)+)@(\\d+)");

    /** Reads a shape from its text. */
    public static NetShape parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "shape: is '%s'; it must be widths@batch, for example 784-256-128-10@64"
                            .formatted(text));
        }
        int[] widths =
                Arrays.stream(matcher.group(1).split("-")).mapToInt(Integer::parseInt).toArray();
        return new NetShape(widths, Integer.parseInt(matcher.group(2)));
    }

    /**
     * Returns the floating-point operations of one training step: forward, weight gradient and
     * input gradient, which the first layer does not need.
     */
    public double flops() {
        double flops = 0;
        for (int layer = 1; layer < widths.length; layer++) {
            int products = layer == 1 ? 2 : 3;
            flops += products * 2.0 * batch * widths[layer - 1] * widths[layer];
        }
        return flops;
    }
}
