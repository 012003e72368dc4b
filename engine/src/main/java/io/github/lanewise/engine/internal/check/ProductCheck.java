package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

import java.util.Locale;
import java.util.Objects;

/** What the operands of a product must be. */
public final class ProductCheck {

    private ProductCheck() {}

    /** Checks the shapes of c = op(a) op(b), and that c lies apart from both. */
    public static void operands(
            String operation, Transpose transpose, Matrix a, Matrix b, String cName, Matrix c) {
        Objects.requireNonNull(transpose, "transpose");
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(b, "b");
        Objects.requireNonNull(c, cName);
        if (transpose.depth(a) != (transpose.b() ? b.cols() : b.rows())) {
            throw innerDimensionsDiffer(operation, transpose, a, b);
        }
        int m = transpose.rows(a);
        int n = transpose.cols(b);
        if (c.rows() != m || c.cols() != n) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is %s; %s of a %s and b %s makes %dx%d",
                            operation,
                            cName,
                            c.shape(),
                            transpose,
                            a.shape(),
                            b.shape(),
                            m,
                            n));
        }
        Check.apart(operation, cName, c, "a", a);
        Check.apart(operation, cName, c, "b", b);
    }

    /** Checks all that a product takes. */
    public static void gemm(
            String operation,
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            Epilogue epilogue) {
        Objects.requireNonNull(epilogue, "epilogue");
        operands(operation, transpose, a, b, "c", c);
        Check.beta(operation, beta);
        if (epilogue.bias() != null) {
            Check.shape(operation, "bias", epilogue.bias(), 1, c.cols());
            Check.apart(operation, "c", c, "bias", epilogue.bias());
        }
        if (epilogue.saved() != null) {
            Check.shape(operation, "saved", epilogue.saved(), c.rows(), c.cols());
            Check.apart(operation, "c", c, "saved", epilogue.saved());
        }
    }

    private static IllegalArgumentException innerDimensionsDiffer(
            String operation, Transpose transpose, Matrix a, Matrix b) {
        return new IllegalArgumentException(
                String.format(
                        Locale.ROOT,
                        "%s: inner dimensions differ: a is %s, b is %s; for %s a.%s (%d) must equal"
                                + " b.%s (%d)",
                        operation,
                        a.shape(),
                        b.shape(),
                        transpose,
                        transpose.a() ? "rows" : "cols",
                        transpose.depth(a),
                        transpose.b() ? "cols" : "rows",
                        transpose.b() ? b.cols() : b.rows()));
    }
}
