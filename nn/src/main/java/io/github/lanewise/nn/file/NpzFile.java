package io.github.lanewise.nn.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An NPZ file that is open for reading. */
final class NpzFile extends TensorFile {

    /** Deflate makes at most 258 bytes of 2 bits. */
    private static final long MOST_FROM_A_BYTE = 1032;

    private final ZipFile zip;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, NpyHeader> headers = new HashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();

    private NpzFile(String source, ZipFile zip, long fileSize) throws IOException {
        super(source);
        this.zip = zip;
        Set<String> names = new HashSet<>();
        long room = fileSize;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            checkName(entry.getName(), names);
            room -= entry.getCompressedSize();
            checkSize(entry, room);
            list(entry);
        }
    }

    static NpzFile opened(Path file) throws IOException {
        String source = "npz: " + file;
        ZipFile zip = zip("npz", file);
        try {
            return new NpzFile(source, zip, Files.size(file));
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            zip.close();
            throw notZip(source, e);
        } catch (Throwable e) {
            zip.close();
            throw e;
        }
    }

    /**
     * Opens a zip file.
     *
     * @param operation how messages begin
     */
    static ZipFile zip(String operation, Path file) throws IOException {
        InputFile.check(operation, file);
        try {
            return new ZipFile(file.toFile());
        } catch (UnsupportedOperationException e) {
            throw InputFile.elsewhere(operation, file, e);
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw notZip(operation + ": " + file, e);
        }
    }

    static FormatException notZip(String source, Exception e) {
        String found = e.getMessage() == null ? "its end too early" : e.getMessage();
        return new FormatException(source + ": expected a whole zip file, found " + found, e);
    }

    /** Returns how a message names an entry, whose name may hold whatever its maker likes. */
    static String place(String source, String entry) {
        return source + ": entry " + JsonWriter.quoted(entry);
    }

    /** Returns what a name of an array would have to be, if it is not. */
    static Optional<String> complaint(String name) {
        boolean root = name.startsWith("/") || name.matches("[A-Za-z]:.*");
        boolean up = List.of(name.split("[/\\\\]", -1)).contains("..");
        return root || up || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0
                ? Optional.of("a name without .. and \\, not from a root")
                : Optional.empty();
    }

    private void checkName(String entry, Set<String> names) throws FormatException {
        Optional<String> complaint = complaint(entry);
        if (complaint.isPresent() || !entry.endsWith(".npy")) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected %s",
                            place(source(), entry),
                            complaint.orElse("an array with a name that ends in .npy")));
        }
        if (!names.add(entry)) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected each name once, found %s again",
                            source(),
                            JsonWriter.quoted(entry)));
        }
    }

    private void checkSize(ZipEntry entry, long room) throws FormatException {
        long packed = entry.getCompressedSize();
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        long most = stored ? packed : packed * MOST_FROM_A_BYTE;
        if (packed < 0 || room < 0 || entry.getSize() < 0 || entry.getSize() > most) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected a size that its part of the file can have, found %,d"
                                    + " bytes packed into %,d",
                            place(source(), entry.getName()),
                            entry.getSize(),
                            packed));
        }
    }

    private void list(ZipEntry entry) throws IOException {
        String name = NpyFile.nameOf(entry.getName());
        String source = place(source(), entry.getName());
        try (InputStream in = zip.getInputStream(entry)) {
            NpyHeader header = NpyHeader.read(source, in::readNBytes);
            if (NpyType.dtype(header.descr()).isEmpty()) {
                unreadable.put(name, source + ": " + NpyType.complaint(header.descr()));
                return;
            }
            TensorInfo tensor = header.info(source, name);
            if (header.length() + tensor.bytes() != entry.getSize()) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: %s %s: expected %,d bytes, found %,d",
                                source,
                                tensor.dtype(),
                                tensor.shape(),
                                header.length() + tensor.bytes(),
                                entry.getSize()));
            }
            headers.put(name, header);
            tensors.put(name, tensor);
        }
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public Map<String, String> unreadable() {
        return Collections.unmodifiableMap(unreadable);
    }

    /** Zip has a CRC-32 for each entry. */
    @Override
    public boolean isChecksummed() {
        return true;
    }

    @Override
    synchronized void stream(TensorInfo tensor, Sink sink) throws IOException {
        ZipEntry entry = zip.getEntry(tensor.name() + ".npy");
        NpyHeader header = headers.get(tensor.name());
        CRC32 sum = new CRC32();
        byte[] part = new byte[(int) Math.min(FileStream.PART_BYTES, Math.max(8, tensor.bytes()))];
        try (InputStream in = zip.getInputStream(entry)) {
            sum.update(in.readNBytes(header.length()));
            long left = tensor.bytes();
            while (left > 0) {
                int count = in.readNBytes(part, 0, (int) Math.min(part.length, left));
                if (count == 0) {
                    throw damaged(
                            tensor,
                            String.format(Locale.ROOT, "%,d bytes more", left),
                            "the end",
                            null);
                }
                sum.update(part, 0, count);
                sink.accept(
                        ByteBuffer.wrap(part, 0, count).order(header.byteOrder()),
                        tensor.bytes() - left);
                left -= count;
            }
            if (in.read() >= 0) {
                throw damaged(tensor, "the end", "more bytes", null);
            }
        } catch (ZipException | EOFException e) {
            throw damaged(tensor, "deflated bytes", e.getMessage(), e);
        }
        if (sum.getValue() != entry.getCrc()) {
            throw damaged(
                    tensor,
                    String.format(Locale.ROOT, "CRC-32 %08x", entry.getCrc()),
                    String.format(Locale.ROOT, "%08x", sum.getValue()),
                    null);
        }
    }

    @Override
    Optional<ColumnMajor> order(TensorInfo tensor) {
        return headers.get(tensor.name()).order();
    }

    private FormatException damaged(
            TensorInfo tensor, String expected, String found, Exception cause) {
        return new FormatException(
                String.format(
                        Locale.ROOT,
                        "%s: expected %s, found %s; the file was altered after it was written",
                        place(source(), tensor.name() + ".npy"),
                        expected,
                        found),
                cause);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
