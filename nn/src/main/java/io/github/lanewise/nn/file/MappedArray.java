package io.github.lanewise.nn.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An array that stays in its file and is read row by row, so that it may be larger than memory: the
 * operating system keeps what was read last. The file must stay as it is meanwhile; one that gets
 * shorter ends the program's read with an {@link InternalError}. Any number of threads may read.
 */
public final class MappedArray {

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final DType dtype;
    private final List<Long> shape;
    private final MemorySegment elements;
    private final int width;

    private MappedArray(Path file, DType dtype, List<Long> shape, long offset) throws IOException {
        this.file = file;
        this.dtype = dtype;
        this.shape = shape;
        long perRow = 1;
        for (long dimension : shape.subList(1, shape.size())) {
            perRow = Math.multiplyExact(perRow, dimension);
        }
        if (perRow < 1 || perRow > Integer.MAX_VALUE || shape.getFirst() > Integer.MAX_VALUE) {
            throw wrong("rows of 1 to 2^31 - 1 elements, at most 2^31 - 1 of them", shape);
        }
        this.width = (int) perRow;
        try (FileChannel channel = InputFile.open("mapped", file)) {
            long bytes = shape.getFirst() * perRow * dtype.bytes();
            this.elements =
                    channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes, Arena.ofAuto());
        } catch (UnsupportedOperationException e) {
            throw InputFile.elsewhere("mapped", file, e);
        }
    }

    private FormatException wrong(String expected, Object found) {
        return wrong(file, expected, found);
    }

    private static FormatException wrong(Path file, String expected, Object found) {
        return new FormatException(
                String.format(
                        Locale.ROOT, "mapped: %s: expected %s, found %s", file, expected, found));
    }

    /**
     * Maps an NPY file, as NumPy's {@code save} writes it: rows first, little-endian.
     *
     * @throws IOException if it cannot be read, or is of another kind
     */
    public static MappedArray npy(Path file) throws IOException {
        String source = "npy: " + file;
        try (FileStream stream = new FileStream(source, InputFile.open("mapped", file))) {
            long[] at = {0};
            NpyHeader header =
                    NpyHeader.read(
                            source,
                            count -> {
                                int there = (int) Math.min(count, stream.size() - at[0]);
                                at[0] += there;
                                return stream.read(at[0] - there, there).array();
                            });
            TensorInfo info = header.info(source, NpyFile.nameOf(file.getFileName().toString()));
            if (header.columnMajor() && info.shape().size() > 1) {
                throw wrong(file, "rows first, as of numpy.ascontiguousarray", "Fortran's order");
            }
            if (info.shape().isEmpty()) {
                throw wrong(file, "rows", "a single number");
            }
            if (header.descr().startsWith(">")) {
                throw wrong(file, "little-endian numbers, such as <f4", header.descr());
            }
            long end = header.length() + info.bytes();
            if (end != stream.size()) {
                throw wrong(
                        file,
                        String.format(Locale.ROOT, "%,d bytes", end),
                        String.format(Locale.ROOT, "%,d", stream.size()));
            }
            requireReadable(file, info.dtype());
            return new MappedArray(file, info.dtype(), info.shape(), header.length());
        }
    }

    /**
     * Maps a file of numbers alone, little-endian, row after row.
     *
     * @param row dimensions of a row, such as 3, 32, 32
     * @throws IOException if it cannot be read, or does not consist of whole rows
     */
    public static MappedArray raw(Path file, DType dtype, int... row) throws IOException {
        requireReadable(file, Objects.requireNonNull(dtype, "dtype"));
        long bytes = dtype.bytes();
        Long[] shape = new Long[row.length + 1];
        for (int i = 0; i < row.length; i++) {
            if (row[i] < 1) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "mapped: dimension %s of a row is %s; it must be 1 or more",
                                i,
                                row[i]));
            }
            shape[i + 1] = (long) row[i];
            bytes = Math.multiplyExact(bytes, row[i]);
        }
        long size;
        try (FileChannel channel = InputFile.open("mapped", file)) {
            size = channel.size();
        }
        if (size % bytes != 0) {
            throw wrong(
                    file,
                    String.format(Locale.ROOT, "whole rows of %,d bytes", bytes),
                    String.format(Locale.ROOT, "%,d bytes", size));
        }
        shape[0] = size / bytes;
        return new MappedArray(file, dtype, List.of(shape), 0);
    }

    private static void requireReadable(Path file, DType dtype) throws FormatException {
        switch (dtype) {
            case F32, U8, I8, I16, I32, I64 -> {}
            default ->
                    throw wrong(file, "F32, U8, I8, I16, I32 or I64 (numpy: astype('<f4'))", dtype);
        }
    }

    /** Returns the kind of its elements. */
    public DType dtype() {
        return dtype;
    }

    /** Returns the number of rows. */
    public int rows() {
        return Math.toIntExact(shape.getFirst());
    }

    /** Returns the number of elements of a row. */
    public int width() {
        return width;
    }

    /** Returns the dimensions of a row; none if it is a single number. */
    public List<Long> rowShape() {
        return shape.subList(1, shape.size());
    }

    /**
     * Copies the bytes of a row of {@link DType#U8}.
     *
     * @throws UncheckedIOException if the file has been cut since
     */
    public void readBytes(int row, byte[] into, int at) {
        try {
            MemorySegment.copy(elements, ValueLayout.JAVA_BYTE, place(row), into, at, width);
        } catch (InternalError e) {
            throw cut(row, e);
        }
    }

    /** The JVM's answer to a read behind the end of a file that was cut is an InternalError. */
    private UncheckedIOException cut(int row, InternalError e) {
        FormatException cut =
                wrong(
                        String.format(Locale.ROOT, "row %s", row),
                        "a shorter file; it was cut while in use");
        cut.initCause(e);
        return new UncheckedIOException(cut);
    }

    /**
     * Copies a row as floats; whole numbers beyond 2^24 are rounded.
     *
     * @throws UncheckedIOException if the file has been cut since
     */
    public void readFloats(int row, float[] into, int at) {
        try {
            copyFloats(row, into, at);
        } catch (InternalError e) {
            throw cut(row, e);
        }
    }

    private void copyFloats(int row, float[] into, int at) {
        if (dtype == DType.F32) {
            MemorySegment.copy(elements, FLOAT, place(row), into, at, width);
            return;
        }
        for (int i = 0; i < width; i++) {
            into[at + i] = whole(place(row) + (long) i * dtype.bytes());
        }
    }

    /**
     * Copies a row of whole numbers as ints.
     *
     * @throws ArithmeticException if one does not fit
     * @throws UncheckedIOException if the file has been cut since
     */
    public void readInts(int row, int[] into, int at) {
        try {
            copyInts(row, into, at);
        } catch (InternalError e) {
            throw cut(row, e);
        }
    }

    private void copyInts(int row, int[] into, int at) {
        for (int i = 0; i < width; i++) {
            into[at + i] = Math.toIntExact(whole(place(row) + (long) i * dtype.bytes()));
        }
    }

    private long place(int row) {
        return (long) Objects.checkIndex(row, rows()) * width * dtype.bytes();
    }

    private long whole(long at) {
        return switch (dtype) {
            case U8 -> elements.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            case I8 -> elements.get(ValueLayout.JAVA_BYTE, at);
            case I16 -> elements.get(SHORT, at);
            case I32 -> elements.get(INT, at);
            case I64 -> elements.get(LONG, at);
            default ->
                    throw new IllegalStateException(
                            String.format(Locale.ROOT, "mapped: %s is not whole", dtype));
        };
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "MappedArray(%s, %s %s)", file, dtype, shape);
    }
}
