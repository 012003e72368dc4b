package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header of an NPY array.
 *
 * @param length how many bytes come before the elements
 * @param columnMajor whether the first index is the fastest (Fortran's order)
 * @param descr NumPy's name of the type, such as {@code <f4}
 */
record NpyHeader(int length, String descr, boolean columnMajor, List<Long> shape) {

    /** NumPy's own limit; the longest header of plain numbers has some 1,500 bytes. */
    static final int MAX_TEXT_BYTES = 10_000;

    /** NumPy's own limit. */
    static final int MAX_DIMENSIONS = 64;

    /** How elements are aligned in a file. */
    private static final int ALIGNMENT = 64;

    /** Gives the bytes of a file in turn; fewer than asked for only at the end. */
    interface Bytes {
        byte[] next(int count) throws IOException;
    }

    /** Reads a header from the start of an array. */
    static NpyHeader read(String source, Bytes bytes) throws IOException {
        ByteBuffer start = ByteBuffer.wrap(bytes.next(8)).order(ByteOrder.BIG_ENDIAN);
        if (start.remaining() < 8 || start.getInt(0) != Npy.MAGIC || start.getShort(4) != 0x5059) {
            throw new FormatException(
                    source + ": offset 0: expected 0x93, NUMPY and a version, found no NPY array");
        }
        int version = start.get(6);
        if (version < 1 || version > 3 || start.get(7) != 0) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: offset 6: expected version 1.0, 2.0 or 3.0, found %s.%s",
                            source,
                            version & 0xFF,
                            start.get(7) & 0xFF));
        }
        int sizeBytes = version == 1 ? 2 : 4;
        byte[] size = bytes.next(sizeBytes);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = length << 8 | size[i] & 0xFF;
        }
        if (size.length < sizeBytes || length > MAX_TEXT_BYTES) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: offset 8: expected a header of at most %,d bytes, found %,d",
                            source,
                            MAX_TEXT_BYTES,
                            length));
        }
        byte[] text = bytes.next((int) length);
        int offset = 8 + sizeBytes;
        if (text.length < length) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: offset %s: expected a header of %s bytes, found %s",
                            source,
                            offset,
                            length,
                            text.length));
        }
        return new NpyLiteral(source, text, offset).header(offset + (int) length);
    }

    /** Returns the bytes of the header of an array in row-major order: version 1.0. */
    static byte[] bytes(TensorInfo info) {
        StringBuilder shape = new StringBuilder();
        info.shape().forEach(dimension -> shape.append(dimension).append(", "));
        if (info.shape().size() > 1) {
            shape.setLength(shape.length() - 2);
        } else if (info.shape().size() == 1) {
            shape.setLength(shape.length() - 1);
        }
        String text =
                String.format(
                        Locale.ROOT,
                        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }",
                        NpyType.descr(info.dtype()),
                        shape);
        int whole = Math.ceilDiv(10 + text.length() + 1, ALIGNMENT) * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(whole).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        header.putShort((short) (whole - 10));
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    /** Describes the array to those who read it. */
    TensorInfo info(String source, String name) throws FormatException {
        DType dtype =
                NpyType.dtype(descr)
                        .orElseThrow(
                                () ->
                                        new FormatException(
                                                source + ": " + NpyType.complaint(descr)));
        if (TensorInfo.bits(dtype, shape) < 0) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: shape %s of %s has more bytes than a long can count",
                            source,
                            shape,
                            descr));
        }
        return new TensorInfo(name, dtype, shape);
    }

    /** Returns the order of the elements, where it is not row-major. */
    Optional<ColumnMajor> order() {
        return columnMajor ? Optional.of(new ColumnMajor(shape)) : Optional.empty();
    }

    /** Returns how the bytes of an element are ordered. */
    ByteOrder byteOrder() {
        return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
