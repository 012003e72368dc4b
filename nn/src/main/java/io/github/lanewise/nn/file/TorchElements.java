package io.github.lanewise.nn.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/** Hands out the elements of an array of {@code torch.save}, from its first one on in a storage. */
final class TorchElements {

    private TorchElements() {}

    /** Hands out the elements of an array that lies in one piece. */
    static void stream(InputStream in, long bytes, TensorFile.Sink sink) throws IOException {
        byte[] part = new byte[(int) Math.min(FileStream.PART_BYTES, Math.max(8, bytes))];
        for (long at = 0; at < bytes; ) {
            int count = in.readNBytes(part, 0, (int) Math.min(part.length, bytes - at));
            if (count == 0) {
                throw new EOFException("its end too early");
            }
            sink.accept(littleEndian(part, count), at);
            at += count;
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes, int count) {
        return ByteBuffer.wrap(bytes, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Hands out the elements of a slice, or of a turned array, in row-major order. */
    static void gather(
            String source,
            InputStream in,
            TorchArray place,
            TensorInfo tensor,
            TensorFile.Sink sink)
            throws IOException {
        int size = tensor.dtype().bytes();
        long span = place.span() * size;
        if (span > Integer.MAX_VALUE - 8) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s lies over %,d bytes; expected at most %,d, unless it is"
                                    + " contiguous",
                            source,
                            tensor,
                            span,
                            Integer.MAX_VALUE - 8));
        }
        byte[] bytes = in.readNBytes((int) span);
        if (bytes.length < span) {
            throw new EOFException("its end too early");
        }
        List<Long> sizes = place.sizes();
        long[] index = new long[sizes.size()];
        byte[] part = new byte[(int) Math.min(FileStream.PART_BYTES, tensor.bytes())];
        long at = 0;
        int filled = 0;
        for (long element = 0; element < tensor.elements(); element++) {
            int from = 0;
            for (int axis = 0; axis < index.length; axis++) {
                from += (int) (index[axis] * place.strides().get(axis) * size);
            }
            System.arraycopy(bytes, from, part, filled, size);
            filled += size;
            if (filled == part.length || element == tensor.elements() - 1) {
                sink.accept(littleEndian(part, filled), at);
                at += filled;
                filled = 0;
            }
            for (int axis = index.length - 1;
                    axis >= 0 && ++index[axis] == sizes.get(axis);
                    axis--) {
                index[axis] = 0;
            }
        }
    }
}
