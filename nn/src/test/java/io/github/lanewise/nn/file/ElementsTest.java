package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

class ElementsTest {

    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        5.9604645E-8f,
        2.9802322E-8f,
        2.980233E-8f,
        6.1035156E-5f,
        6.097555E-5f,
        65504f,
        65519.996f,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        1.00390625f,
        1.01171875f
    };

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What 16 bits stand for, by the definition of the format. */
    private static double value(int bits, int exponentBits) {
        int fractionBits = 15 - exponentBits;
        int bias = (1 << exponentBits - 1) - 1;
        int exponent = bits >> fractionBits & (1 << exponentBits) - 1;
        int fraction = bits & (1 << fractionBits) - 1;
        double sign = (bits & 0x8000) == 0 ? 1 : -1;
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * fraction * Math.pow(2, 1 - bias - fractionBits)
                : sign
                        * (fraction + (1 << fractionBits))
                        * Math.pow(2, exponent - bias - fractionBits);
    }

    @ParameterizedTest
    @CsvSource({"F16, 5", "BF16, 8"})
    void eachOfTheShortTypesIsReadAndWrittenExactly(DType dtype, int exponentBits) {
        ByteBuffer bytes = buffer(2 * 65536);
        for (int bits = 0; bits < 65536; bits++) {
            bytes.putShort((short) bits);
        }
        float[] values = new float[65536];
        assertEquals(-1, ElementReader.floats(dtype, bytes.flip(), values, 0, 65536));
        ByteBuffer back = buffer(2 * 65536);
        assertEquals(-1, ElementWriter.floats(dtype, values, 0, 65536, back));
        for (int bits = 0; bits < 65536; bits++) {
            double expected = value(bits, exponentBits);
            assertEquals(expected, values[bits], "bits " + bits);
            boolean nan = Double.isNaN(expected);
            assertTrue(
                    nan
                            ? Double.isNaN(value(back.getShort(2 * bits), exponentBits))
                            : back.getShort(2 * bits) == (short) bits,
                    "bits " + bits);
        }
    }

    @ParameterizedTest
    @CsvSource({"F16, 5, 65520", "BF16, 8, 3.3961775E38"})
    void floatsAreRoundedToTheNearestAndTiesToEven(
            DType dtype, int exponentBits, float firstTooLarge) {
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            float value =
                    i < SPECIAL.length
                            ? SPECIAL[i]
                            : i % 2 == 0
                                    ? Float.intBitsToFloat(random.nextInt())
                                    : halfway(random, exponentBits);
            ByteBuffer bytes = buffer(2);
            int bad = ElementWriter.floats(dtype, new float[] {value}, 0, 1, bytes);
            boolean tooLarge = Math.abs(value) >= firstTooLarge && !Float.isInfinite(value);
            assertEquals(tooLarge ? 0 : -1, bad, "of " + value);
            if (!tooLarge && !Float.isNaN(value)) {
                int found = bytes.getShort(0) & 0xFFFF;
                assertNearest(value, found, exponentBits);
            }
        }
    }

    /** A value of the short type, and half of the way to the next. */
    private static float halfway(Random random, int exponentBits) {
        int bits = random.nextInt(65535);
        return (float) ((value(bits, exponentBits) + value(bits + 1, exponentBits)) / 2);
    }

    private static void assertNearest(float value, int found, int exponentBits) {
        double distance = Math.abs(value(found, exponentBits) - value);
        assertEquals(Math.copySign(1, value), Math.copySign(1, value(found, exponentBits)));
        if (Float.isInfinite(value)) {
            assertEquals((double) value, value(found, exponentBits));
            return;
        }
        for (int other : new int[] {found - 1, found + 1}) {
            boolean sameSign = ((other ^ found) & 0x8000) == 0 && other >= 0;
            if (sameSign) {
                double otherDistance = Math.abs(value(other, exponentBits) - value);
                assertTrue(
                        distance < otherDistance || distance == otherDistance && found % 2 == 0,
                        () -> "%s became %04x".formatted(value, found));
            }
        }
    }

    @Test
    void signalsOfFloatsKeepTheirBits() {
        float[] values = {
            Float.intBitsToFloat(0x7FC0_1234), Float.intBitsToFloat(0xFFC0_0001), -0f
        };
        ByteBuffer bytes = buffer(12);
        ElementWriter.floats(DType.F32, values, 0, 3, bytes);
        float[] back = new float[3];
        ElementReader.floats(DType.F32, bytes.flip(), back, 0, 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(back[i]));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL, 0, 1",
        "U8, 0, 255",
        "I8, -128, 127",
        "I16, -32768, 32767",
        "U16, 0, 65535",
        "I32, -2147483648, 2147483647",
        "U32, 0, 4294967295",
        "I64, -9223372036854775808, 9223372036854775807",
        "U64, 0, 9223372036854775807"
    })
    void wholeNumbersAreExactToTheirLimitsAndRefusedBeyond(DType dtype, long least, long most) {
        long[] values = {least, most, 0, 1, least == Long.MIN_VALUE ? 0 : least - 1, most + 1};
        ByteBuffer bytes = buffer(6 * dtype.bytes());
        int bad = ElementWriter.longs(dtype, values, 0, 6, bytes);
        assertEquals(dtype == DType.I64 ? -1 : 4, bad);
        if (dtype != DType.I64) {
            assertEquals(0, ElementWriter.longs(dtype, new long[] {most + 1}, 0, 1, bytes.clear()));
        }
        ElementWriter.longs(dtype, values, 0, 4, bytes.clear());
        long[] back = new long[4];
        assertEquals(-1, ElementReader.longs(dtype, bytes.flip(), back, 0, 4));
        for (int i = 0; i < 4; i++) {
            assertEquals(values[i], back[i]);
        }
        boolean fitsInt = least >= Integer.MIN_VALUE && most <= Integer.MAX_VALUE;
        int[] ints = new int[4];
        int firstTooLarge = least < Integer.MIN_VALUE ? 0 : 1;
        assertEquals(fitsInt ? -1 : firstTooLarge, ElementReader.ints(dtype, bytes, ints, 0, 4));
        if (fitsInt) {
            ElementWriter.ints(dtype, ints, 0, 4, bytes.clear());
            ElementReader.longs(dtype, bytes.flip(), back, 0, 4);
            assertEquals(least, back[0]);
            assertEquals(most, back[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "16777216, true, true",
        "16777217, false, true",
        "-16777217, false, true",
        "9007199254740992, true, true",
        "9007199254740993, false, false",
        "9223372036854775807, false, false",
        "-9223372036854775808, true, true",
        "4611686018427387904, true, true",
        "0, true, true"
    })
    void wholeNumbersBecomeRealOnlyWithoutLoss(long value, boolean isFloat, boolean isDouble) {
        ByteBuffer bytes = buffer(8).putLong(value).flip();
        float[] floats = new float[1];
        double[] doubles = new double[1];
        assertEquals(isFloat ? -1 : 0, ElementReader.floats(DType.I64, bytes, floats, 0, 1));
        assertEquals(isDouble ? -1 : 0, ElementReader.doubles(DType.I64, bytes, doubles, 0, 1));
        if (isFloat) {
            assertEquals(value, (long) floats[0]);
        }
        if (isDouble) {
            assertEquals(value, (long) doubles[0]);
        }
    }

    @Test
    void whatIsNoValueOfItsTypeIsRefused() {
        ByteBuffer two = buffer(8).put((byte) 2).clear();
        assertEquals(0, ElementReader.longs(DType.BOOL, two, new long[1], 0, 1));
        assertEquals(0, ElementReader.floats(DType.BOOL, two, new float[1], 0, 1));
        ByteBuffer large = buffer(8).putLong(1L << 63).flip();
        assertEquals(0, ElementReader.longs(DType.U64, large, new long[1], 0, 1));
        assertEquals(0, ElementReader.floats(DType.U64, large, new float[1], 0, 1));
        assertEquals(0, ElementReader.doubles(DType.U64, large, new double[1], 0, 1));
        assertEquals("9223372036854775808", ElementReader.text(DType.U64, large, 0));
    }

    @Test
    void doublesAreRoundedToFloatsButNotToInfinity() {
        ByteBuffer bytes = buffer(40);
        bytes.putDouble(0.1).putDouble(1e-60).putDouble(Double.NEGATIVE_INFINITY);
        bytes.putDouble(Double.NaN).putDouble(1e39).flip();
        float[] floats = new float[5];
        assertEquals(4, ElementReader.floats(DType.F64, bytes, floats, 0, 5));
        assertEquals(0.1f, floats[0]);
        assertEquals(0f, floats[1]);
        assertEquals(Float.NEGATIVE_INFINITY, floats[2]);
        assertTrue(Float.isNaN(floats[3]));
    }
}
