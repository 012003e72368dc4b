package io.github.lanewise.nn.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * A file of arrays that is open for reading: safetensors, NPY, NPZ, or the {@code state_dict} that
 * PyTorch saved.
 *
 * <pre>{@code
 * try (TensorFile file = TensorFile.open(Path.of("model.safetensors"))) {
 *     for (TensorInfo tensor : file.tensors().values()) {
 *         float[] values = file.readFloats(tensor.name());
 *     }
 * }
 * }</pre>
 *
 * <p>Opening checks all that the file says of itself against its length; an array is read when it
 * is asked for, straight into its place, its elements in row-major order. What a type cannot hold
 * is refused: whole numbers become floats and doubles only where these hold them exactly, and reals
 * never become whole numbers. One thing is rounded: an F64 that is read as a float, which may not
 * become infinite.
 *
 * <p>All methods that read throw {@link FormatException} for a name that the file does not have,
 * for elements that do not fit and for bytes that are not those that were written; what they have
 * read into by then is undefined. Several threads may read; they take turns.
 */
public abstract sealed class TensorFile implements Closeable
        permits SafetensorsFile, NpyFile, NpzFile, TorchFile {

    /** A pickle of protocol 2 that begins with PyTorch's magic number. */
    private static final long TORCH_BEFORE_ZIP = 0x80028A0A6CFC9C46L;

    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    /** Takes elements; returns the index of the first that does not fit, or -1. */
    private interface Elements {
        int take(DType dtype, ByteBuffer bytes, int at, int count);
    }

    /** Takes the bytes of an array, part by part, and the offset of the part in the array. */
    interface Sink {
        void accept(ByteBuffer bytes, long offset) throws IOException;
    }

    private final String source;

    /** Takes how messages begin: the format and the file. */
    TensorFile(String source) {
        this.source = source;
    }

    /** Opens a file, in the format that its first bytes tell. */
    public static TensorFile open(Path file) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(8);
        try (FileChannel channel = InputFile.open("open", file)) {
            if (channel.size() < first.capacity()) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "open: %s: expected arrays of safetensors, NumPy or PyTorch, found"
                                        + " a file of %s bytes",
                                file,
                                channel.size()));
            }
            InputFile.readFully("open: " + file, channel, 0, first);
        }
        if (first.getInt(0) == Npy.MAGIC) {
            return Npy.open(file);
        }
        if (first.getLong(0) == TORCH_BEFORE_ZIP) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "open: %s: expected arrays, found a file of PyTorch before 1.6; load it"
                                    + " there and save it again",
                            file));
        }
        // A zip file's first entry has a version or flags; a safetensors header has zeros there.
        boolean zip = first.getInt(0) == 0x504B0304 && first.getInt(4) != 0;
        boolean emptyZip = first.getInt(0) == 0x504B0506;
        if (!zip && !emptyZip) {
            return Safetensors.open(file);
        }
        try (ZipFile entries = NpzFile.zip("open", file)) {
            if (TorchFile.isProgram(entries)) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "open: %s: expected arrays, found a program of torch.export; save"
                                        + " its .state_dict with torch.save",
                                file));
            }
            if (!TorchFile.matches(entries)) {
                return Npz.open(file);
            }
        }
        return TorchFile.opened(file);
    }

    /** Returns what arrays the file has, by name, in the order of their bytes. */
    public abstract Map<String, TensorInfo> tensors();

    /** Returns what the file says beside its arrays; only safetensors can. */
    public Map<String, String> metadata() {
        return Map.of();
    }

    /** Returns the names of arrays whose elements are of no {@link DType}, and why each is not. */
    public Map<String, String> unreadable() {
        return Map.of();
    }

    /** Says whether checksums cover the arrays, so that what changed by accident is refused. */
    public abstract boolean isChecksummed();

    /** Reads all arrays to compare their checksums, where there are some. */
    public void verify() throws IOException {
        for (TensorInfo tensor : tensors().values()) {
            stream(tensor, (bytes, offset) -> {});
        }
    }

    /** Returns the one array of a file that has just one, such as NPY. */
    public TensorInfo single() throws FormatException {
        if (tensors().size() != 1) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected one array, found %s",
                            source,
                            tensors().size()));
        }
        return tensors().values().iterator().next();
    }

    /** Reads floats. */
    public float[] readFloats(String name) throws IOException {
        float[] values = new float[length(tensor(name))];
        readFloats(name, values, 0);
        return values;
    }

    /** Reads floats into an array that exists, from an offset on. */
    public void readFloats(String name, float[] into, int offset) throws IOException {
        TensorInfo tensor = tensor(name);
        if (offset < 0 || tensor.elements() > into.length - offset) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "readFloats: %s has %,d elements; the array has room for %,d from %,d"
                                    + " on",
                            tensor,
                            tensor.elements(),
                            into.length - offset,
                            offset));
        }
        read(tensor, "float", (d, b, at, n) -> ElementReader.floats(d, b, into, offset + at, n));
    }

    /** Reads doubles. */
    public double[] readDoubles(String name) throws IOException {
        TensorInfo tensor = tensor(name);
        double[] values = new double[length(tensor)];
        read(tensor, "double", (d, b, at, n) -> ElementReader.doubles(d, b, values, at, n));
        return values;
    }

    /** Reads whole numbers as longs. */
    public long[] readLongs(String name) throws IOException {
        TensorInfo tensor = integer(name);
        long[] values = new long[length(tensor)];
        read(tensor, "long", (d, b, at, n) -> ElementReader.longs(d, b, values, at, n));
        return values;
    }

    /** Reads whole numbers as ints. */
    public int[] readInts(String name) throws IOException {
        TensorInfo tensor = integer(name);
        int[] values = new int[length(tensor)];
        read(tensor, "int", (d, b, at, n) -> ElementReader.ints(d, b, values, at, n));
        return values;
    }

    /** Reads U8, I8 or BOOL as the bytes that they are. */
    public byte[] readBytes(String name) throws IOException {
        TensorInfo tensor = integer(name);
        if (tensor.dtype().bits() != 8) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s: expected U8, I8 or BOOL to read bytes",
                            source,
                            tensor));
        }
        byte[] values = new byte[length(tensor)];
        read(
                tensor,
                "byte",
                (dtype, bytes, at, count) -> {
                    bytes.get(bytes.position(), values, at, count);
                    return -1;
                });
        return values;
    }

    /** Hands out the bytes of an array, whole elements at a time; checks them as it goes. */
    abstract void stream(TensorInfo tensor, Sink sink) throws IOException;

    /** Returns the order of the elements in the file, where it is not row-major. */
    abstract Optional<ColumnMajor> order(TensorInfo tensor);

    final String source() {
        return source;
    }

    private void read(TensorInfo tensor, String type, Elements elements) throws IOException {
        DType dtype = tensor.dtype();
        int size = dtype.bytes();
        Optional<ColumnMajor> order = tensor.elements() == 0 ? Optional.empty() : order(tensor);
        stream(
                tensor,
                (bytes, offset) -> {
                    int from = bytes.position();
                    int first = (int) (offset / size);
                    int count = bytes.remaining() / size;
                    int bad = -1;
                    if (order.isEmpty()) {
                        bad = elements.take(dtype, bytes, first, count);
                    }
                    for (int i = 0; order.isPresent() && i < count && bad < 0; i++) {
                        int at = order.get().next();
                        boolean fits =
                                elements.take(dtype, bytes.position(from + i * size), at, 1) < 0;
                        bad = fits ? -1 : i;
                    }
                    if (bad >= 0) {
                        throw new FormatException(
                                String.format(
                                        Locale.ROOT,
                                        "%s: %s: expected elements that a %s holds, found %s as"
                                                + " number %,d in the file",
                                        source,
                                        tensor,
                                        type,
                                        ElementReader.text(dtype, bytes.position(from), bad),
                                        first + bad));
                    }
                });
    }

    private TensorInfo tensor(String name) throws FormatException {
        if (unreadable().containsKey(name)) {
            throw new FormatException(unreadable().get(name));
        }
        TensorInfo tensor = tensors().get(name);
        if (tensor == null) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected an array %s, found %s",
                            source,
                            JsonWriter.quoted(name),
                            JsonWriter.shortened(String.join(", ", tensors().keySet()))));
        }
        if (!tensor.dtype().isSupported()) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s: this type is not supported; %s",
                            source,
                            tensor,
                            tensor.dtype() == DType.C64
                                    ? "save the real and the imaginary parts as F32"
                                    : "convert it to F32, F16 or BF16"));
        }
        return tensor;
    }

    private TensorInfo integer(String name) throws FormatException {
        TensorInfo tensor = tensor(name);
        if (!tensor.dtype().isInteger()) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s: expected whole numbers; read it as floats or doubles",
                            source,
                            tensor));
        }
        return tensor;
    }

    private int length(TensorInfo tensor) throws FormatException {
        if (tensor.elements() > MOST_ELEMENTS) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s has %,d elements; an array of Java holds at most %,d",
                            source,
                            tensor,
                            tensor.elements(),
                            MOST_ELEMENTS));
        }
        return (int) tensor.elements();
    }
}
