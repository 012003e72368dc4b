package io.github.lanewise.tabular;

/**
 * Some numbers in a row, in the fewest bytes that give each back exactly.
 *
 * <p>Most columns hold whole numbers or numbers of few decimals. Those are kept as whole numbers k
 * of 1, 2 or 4 bytes with a common divisor: k / 100 is the double that 12.34 parses to, since both
 * are the double nearest to the decimal. Others are floats where these are exact, else doubles.
 */
sealed interface NumberChunk {

    /** Numbers of one chunk; a power of two. */
    int SIZE = 1 << 13;

    /** Returns a number; NaN if it is missing. */
    double at(int i);

    /** Returns the bytes that it takes. */
    long bytes();

    /** Numbers k / divisor in a byte each; the lowest byte is missing. */
    record OfBytes(byte[] values, double divisor) implements NumberChunk {
        @Override
        public double at(int i) {
            return values[i] == Byte.MIN_VALUE ? Double.NaN : values[i] / divisor;
        }

        @Override
        public long bytes() {
            return values.length;
        }
    }

    /** Numbers k / divisor in two bytes each; the lowest is missing. */
    record OfShorts(short[] values, double divisor) implements NumberChunk {
        @Override
        public double at(int i) {
            return values[i] == Short.MIN_VALUE ? Double.NaN : values[i] / divisor;
        }

        @Override
        public long bytes() {
            return 2L * values.length;
        }
    }

    /** Numbers k / divisor in four bytes each; the lowest is missing. */
    record OfInts(int[] values, double divisor) implements NumberChunk {
        @Override
        public double at(int i) {
            return values[i] == Integer.MIN_VALUE ? Double.NaN : values[i] / divisor;
        }

        @Override
        public long bytes() {
            return 4L * values.length;
        }
    }

    /** Floats; NaN is missing. */
    record OfFloats(float[] values) implements NumberChunk {
        @Override
        public double at(int i) {
            return values[i];
        }

        @Override
        public long bytes() {
            return 4L * values.length;
        }
    }

    /** Doubles; NaN is missing. */
    record OfDoubles(double[] values) implements NumberChunk {
        @Override
        public double at(int i) {
            return values[i];
        }

        @Override
        public long bytes() {
            return 8L * values.length;
        }
    }

    /** Chooses the narrowest form of the first {@code length} numbers. */
    static NumberChunk of(double[] numbers, int length) {
        for (double divisor = 1; divisor <= 1e6; divisor *= 10) {
            double most = largest(numbers, length, divisor);
            if (most <= Integer.MAX_VALUE) {
                return whole(numbers, length, divisor, most);
            }
        }
        for (int i = 0; i < length; i++) {
            if (!Double.isNaN(numbers[i]) && (float) numbers[i] != numbers[i]) {
                double[] copy = new double[length];
                System.arraycopy(numbers, 0, copy, 0, length);
                return new OfDoubles(copy);
            }
        }
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = (float) numbers[i];
        }
        return new OfFloats(floats);
    }

    /** Returns the largest |k|, or infinity if some number is no k / divisor. */
    private static double largest(double[] numbers, int length, double divisor) {
        double most = 0;
        for (int i = 0; i < length; i++) {
            double number = numbers[i];
            if (!Double.isNaN(number)) {
                double k = Math.rint(number * divisor);
                // the bits, so that -0 is no 0
                if (Double.doubleToLongBits((long) k / divisor)
                        != Double.doubleToLongBits(number)) {
                    return Double.POSITIVE_INFINITY;
                }
                most = Math.max(most, Math.abs(k));
            }
        }
        return most;
    }

    private static NumberChunk whole(double[] numbers, int length, double divisor, double most) {
        if (most <= Byte.MAX_VALUE) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) whole(numbers[i], divisor, Byte.MIN_VALUE);
            }
            return new OfBytes(bytes, divisor);
        }
        if (most <= Short.MAX_VALUE) {
            short[] shorts = new short[length];
            for (int i = 0; i < length; i++) {
                shorts[i] = (short) whole(numbers[i], divisor, Short.MIN_VALUE);
            }
            return new OfShorts(shorts, divisor);
        }
        int[] ints = new int[length];
        for (int i = 0; i < length; i++) {
            ints[i] = whole(numbers[i], divisor, Integer.MIN_VALUE);
        }
        return new OfInts(ints, divisor);
    }

    private static int whole(double number, double divisor, int missing) {
        return Double.isNaN(number) ? missing : (int) Math.rint(number * divisor);
    }
}
