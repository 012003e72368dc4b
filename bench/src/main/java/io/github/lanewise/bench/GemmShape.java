package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A matrix product's form and sizes, written like {@code TN:784x64x256}: c is m x n = 784x256, the
 * sums run over k = 64, and a is read transposed.
 */
public record GemmShape(Transpose transpose, int m, int k, int n) {

    private static final Pattern TEXT = Pattern.compile("(NN|NT|TN):(\\d+)x(\\d+)x(\\d+)");

    /** Reads a shape from its text. */
    public static GemmShape parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "shape: is '%s'; it must be a form and m x k x n, for example NN:64x784x256"
                            .formatted(text));
        }
        return new GemmShape(
                Transpose.valueOf(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)));
    }

    /** Returns the floating-point operations of one product; an fma counts as two. */
    public double flops() {
        return 2.0 * m * k * n;
    }

    /** Makes the left operand as it lies in memory. */
    public Matrix randomA(RandomMatrix random) {
        return transpose.a() ? random.next(k, m) : random.next(m, k);
    }

    /** Makes the right operand as it lies in memory. */
    public Matrix randomB(RandomMatrix random) {
        return transpose.b() ? random.next(n, k) : random.next(k, n);
    }
}
