package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An array on its way into a file: what the file will say of it, and where its values are. The
 * values are not copied: until the file is written, they must not change.
 *
 * <pre>{@code
 * var weight = TensorData.of(TensorInfo.of("0.weight", DType.BF16, 128, 784), floats);
 * }</pre>
 *
 * <p>Floats may be stored as F16, BF16, F32 and F64, doubles as F64, longs and ints as any whole
 * number type, bytes as U8, I8 and BOOL. Floats are rounded to F16 and BF16 to the nearest, ties to
 * even. A value that its type cannot hold, such as 70000 in F16 or 300 in U8, fails the writing
 * with an {@link IllegalArgumentException} that names it.
 */
public final class TensorData {

    /** Writes some of the values into a buffer: see {@link ElementWriter}. */
    private interface Source {
        int put(int from, int count, ByteBuffer into);
    }

    /** Takes a buffer that is full, or the last of them. */
    interface Sink {
        void accept(ByteBuffer bytes) throws IOException;
    }

    private final TensorInfo info;
    private final Supplier<Source> source;

    private TensorData(TensorInfo info, Supplier<Source> source) {
        this.info = info;
        this.source = source;
    }

    /** Stores all of an array of floats. */
    public static TensorData of(TensorInfo info, float[] values) {
        checkLength(info, values.length, 0, true);
        return of(info, values, 0);
    }

    /** Stores floats from an offset on in an array, as many as the shape says. */
    public static TensorData of(TensorInfo info, float[] values, int offset) {
        checkType(info, isReal(info.dtype()), "floats");
        checkLength(info, values.length, offset, false);
        return new TensorData(info, () -> floats(info, values, offset));
    }

    /**
     * Stores floats that are made when they are written, such as a matrix turned over, and can be
     * forgotten after: the supplier is asked once or twice for each file, for one array at a time.
     */
    public static TensorData of(TensorInfo info, Supplier<float[]> values) {
        checkType(info, isReal(info.dtype()), "floats");
        Objects.requireNonNull(values, "values");
        return new TensorData(
                info,
                () -> {
                    float[] made = values.get();
                    checkLength(info, made.length, 0, true);
                    return floats(info, made, 0);
                });
    }

    /** Stores all of an array of doubles. */
    public static TensorData of(TensorInfo info, double[] values) {
        checkType(info, info.dtype() == DType.F64, "doubles");
        checkLength(info, values.length, 0, true);
        return new TensorData(
                info,
                () -> (from, count, into) -> ElementWriter.doubles(values, from, count, into));
    }

    /** Stores all of an array of longs. */
    public static TensorData of(TensorInfo info, long[] values) {
        checkType(info, info.dtype().isInteger(), "longs");
        checkLength(info, values.length, 0, true);
        DType dtype = info.dtype();
        return new TensorData(
                info,
                () -> (from, count, into) -> ElementWriter.longs(dtype, values, from, count, into));
    }

    /** Stores all of an array of ints. */
    public static TensorData of(TensorInfo info, int[] values) {
        checkType(info, info.dtype().isInteger(), "ints");
        checkLength(info, values.length, 0, true);
        DType dtype = info.dtype();
        return new TensorData(
                info,
                () -> (from, count, into) -> ElementWriter.ints(dtype, values, from, count, into));
    }

    /** Stores all of an array of bytes, as they are. */
    public static TensorData of(TensorInfo info, byte[] values) {
        checkType(info, info.dtype().isInteger() && info.dtype().bits() == 8, "bytes");
        checkLength(info, values.length, 0, true);
        return new TensorData(
                info,
                () ->
                        (from, count, into) -> {
                            into.put(values, from, count);
                            return -1;
                        });
    }

    /** Returns what the file will say of it. */
    public TensorInfo info() {
        return info;
    }

    /** Writes all elements, buffer by buffer, in the buffer's byte order. */
    void writeTo(ByteBuffer buffer, Sink sink) throws IOException {
        Source values = source.get();
        int size = info.dtype().bytes();
        int elements = (int) info.elements();
        int step = buffer.capacity() / size;
        for (long at = 0; at < elements; at += step) {
            int count = (int) Math.min(step, elements - at);
            int bad = values.put((int) at, count, buffer.clear());
            if (bad >= 0) {
                String value = ElementReader.text(info.dtype(), buffer.flip(), bad);
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "write: %s: element %,d is out of the range of %s (it would become"
                                        + " %s); store it in a wider type",
                                info.name(),
                                at + bad,
                                info.dtype(),
                                value));
            }
            sink.accept(buffer.flip());
        }
    }

    private static Source floats(TensorInfo info, float[] values, int offset) {
        DType dtype = info.dtype();
        return (from, count, into) ->
                ElementWriter.floats(dtype, values, offset + from, count, into);
    }

    private static boolean isReal(DType dtype) {
        return dtype.isWritten() && !dtype.isInteger();
    }

    private static void checkType(TensorInfo info, boolean fits, String values) {
        if (!fits) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "TensorData: %s: %s cannot be stored as %s",
                            info.name(),
                            values,
                            info.dtype()));
        }
    }

    private static void checkLength(TensorInfo info, int length, int offset, boolean all) {
        long elements = info.elements();
        if (offset < 0 || elements > length - offset || all && elements != length) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "TensorData: %s: shape %s has %,d elements; the array has %,d from %,d"
                                    + " on",
                            info.name(),
                            info.shape(),
                            elements,
                            length - offset,
                            offset));
        }
    }
}
