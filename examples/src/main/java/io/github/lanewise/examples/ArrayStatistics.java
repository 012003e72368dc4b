package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import java.io.IOException;

/**
 * What the numbers of an array are like.
 *
 * @param mean of those that are finite
 * @param deviation of those that are finite
 * @param zeros share of all
 * @param notNumbers how many are NaN
 * @param infinite how many are infinite
 */
record ArrayStatistics(
        double mean, double deviation, double zeros, long notNumbers, long infinite) {

    /** Reads an array whole; returns null if it is of a type that is not read. */
    static ArrayStatistics of(TensorFile file, TensorInfo info) throws IOException {
        return switch (info.dtype()) {
            case F64 -> of(file.readDoubles(info.name()));
            case F32, F16, BF16, F8_E4M3, F8_E5M2, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ ->
                    of(doubles(file.readFloats(info.name())));
            case BOOL, U8, I8, I16, U16, I32, U32, I64, U64 ->
                    of(doubles(file.readLongs(info.name())));
            default -> null;
        };
    }

    private static double[] doubles(float[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }

    private static double[] doubles(long[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }

    static ArrayStatistics of(double[] values) {
        double sum = 0;
        long finite = 0;
        long zeros = 0;
        long notNumbers = 0;
        for (double value : values) {
            zeros += value == 0 ? 1 : 0;
            notNumbers += Double.isNaN(value) ? 1 : 0;
            if (Double.isFinite(value)) {
                sum += value;
                finite++;
            }
        }
        double mean = sum / finite;
        double squares = 0;
        for (double value : values) {
            squares += Double.isFinite(value) ? (value - mean) * (value - mean) : 0;
        }
        return new ArrayStatistics(
                mean,
                Math.sqrt(squares / finite),
                (double) zeros / values.length,
                notNumbers,
                values.length - finite - notNumbers);
    }

    @Override
    public String toString() {
        return text(
                "%11.4g %11.4g %6.1f %%%s%s",
                mean,
                deviation,
                100 * zeros,
                notNumbers > 0 ? text("  %,d NaN", notNumbers) : "",
                infinite > 0 ? text("  %,d infinite", infinite) : "");
    }
}
