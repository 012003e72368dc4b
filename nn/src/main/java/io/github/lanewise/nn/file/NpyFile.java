package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An NPY file that is open for reading. */
final class NpyFile extends TensorFile {

    private static final String EXTENSION = ".npy";

    private final FileStream stream;
    private final NpyHeader header;
    private final TensorInfo tensor;

    private NpyFile(String source, Path file, FileStream stream) throws IOException {
        super(source);
        this.stream = stream;
        long[] at = {0};
        header =
                NpyHeader.read(
                        source,
                        count -> {
                            int there = (int) Math.min(count, stream.size() - at[0]);
                            at[0] += there;
                            return stream.read(at[0] - there, there).array();
                        });
        tensor = header.info(source, nameOf(file.getFileName().toString()));
        long end = header.length() + tensor.bytes();
        if (end != stream.size()) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s %s: expected %,d bytes, found %,d; the file is cut short, or"
                                    + " something was added",
                            source,
                            tensor.dtype(),
                            tensor.shape(),
                            end,
                            stream.size()));
        }
    }

    static NpyFile opened(Path file) throws IOException {
        String source = "npy: " + file;
        FileStream stream = new FileStream(source, InputFile.open("npy", file));
        try {
            return new NpyFile(source, file, stream);
        } catch (Throwable e) {
            stream.close();
            throw e;
        }
    }

    /** Takes the extension off a name. */
    static String nameOf(String file) {
        return file.endsWith(EXTENSION)
                ? file.substring(0, file.length() - EXTENSION.length())
                : file;
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Map.of(tensor.name(), tensor);
    }

    @Override
    public boolean isChecksummed() {
        return false;
    }

    @Override
    void stream(TensorInfo ignored, Sink sink) throws IOException {
        stream.stream(header.length(), tensor.bytes(), header.byteOrder(), sink);
    }

    @Override
    Optional<ColumnMajor> order(TensorInfo ignored) {
        return header.order();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
