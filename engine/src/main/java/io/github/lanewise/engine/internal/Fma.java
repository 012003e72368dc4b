package io.github.lanewise.engine.internal;

/**
 * {@code Math.fma} of floats, at a bearable price where the hardware has no such instruction: there
 * {@code Math.fma} computes with decimal numbers, which takes a hundred times as long.
 *
 * <p>Without it, {@code a * b + c} is computed in double, rounded to odd, and then to float. That
 * is the float nearest to the exact value, as {@code Math.fma} defines it:
 *
 * <ol>
 *   <li>The product is exact: 24 bits by 24 make at most 48, of 53, and its exponent is between
 *       -298 and 256.
 *   <li>The sum s is the exact value r, rounded to nearest. Its error r - s is exact too (Knuth's
 *       two-sum, which needs no overflow; all terms are multiples of 2<sup>-298</sup>).
 *   <li>If the error is 0, s is r, also in the sign of a zero, and the conversion is the only
 *       rounding.
 *   <li>Else r lies strictly between two neighbouring doubles, one of which has an odd last bit:
 *       that one, t, replaces s. All floats, all midpoints between neighbouring floats, and
 *       2<sup>128</sup> - 2<sup>103</sup>, from where on a value rounds to infinity, have at most
 *       25 significant bits: as doubles their last bit is 0. So t is none of them, none lies
 *       strictly between the two neighbours, and r and t lie between the same two of them: they
 *       round to the same float, subnormal ones and zeros of either sign included.
 *   <li>If an operand is NaN or infinite, the error is NaN and s stays: it is what the definition
 *       asks for.
 * </ol>
 *
 * <p>Rounding to odd is due to S. Boldo and G. Melquiond, "Emulation of FMA and correctly rounded
 * sums: proved algorithms using rounding to odd", IEEE Transactions on Computers 57(4), 2008.
 */
public final class Fma {

    private static final boolean IN_HARDWARE = HardwareFma.isPresent();

    private Fma() {}

    /** Returns whether it is an instruction here, as measured once. */
    public static boolean isInHardware() {
        return IN_HARDWARE;
    }

    /** Returns a * b + c, rounded once. */
    public static float fma(float a, float b, float c) {
        return IN_HARDWARE ? Math.fma(a, b, c) : emulate(a, b, c);
    }

    /** Returns the same without the instruction. */
    static float emulate(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double rest = sum - product;
        double error = (product - (sum - rest)) + (c - rest);
        return (float) (Math.abs(error) > 0 ? odd(sum, error) : sum);
    }

    /** Returns the one with an odd last bit of the two neighbours of sum + error. */
    private static double odd(double sum, double error) {
        long bits = Double.doubleToRawLongBits(sum);
        long inwards = (Double.doubleToRawLongBits(error) ^ bits) >>> 63;
        return Double.longBitsToDouble(bits - inwards | 1);
    }
}
