package io.github.lanewise.nn.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A file of {@code torch.save} since PyTorch 1.6, of arrays by name, that is open for reading: a
 * zip file with a pickle that describes the arrays, and an entry for the bytes of each storage.
 *
 * <p>The names of arrays in maps inside the map, as in a checkpoint, are joined by dots. Numbers
 * and strings beside the arrays are passed over. The pickle is read by {@link Pickle}, which runs
 * nothing.
 */
final class TorchFile extends TensorFile {

    private static final String PICKLE = "data.pkl";
    private static final int MAX_PICKLE_BYTES = 32_000_000;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_NAME = 1000;
    private static final int MAX_VISITS = 1_000_000;

    private final ZipFile zip;
    private final String folder;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, TorchArray> places = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final Set<String> verified = new HashSet<>();
    private int visits;

    private TorchFile(String source, ZipFile zip, long fileSize) throws IOException {
        super(source);
        this.zip = zip;
        this.folder = folder(fileSize);
        ZipEntry order = zip.getEntry(folder + "byteorder");
        if (order != null) {
            String found = new String(read(order, 16), StandardCharsets.US_ASCII);
            if (!found.equals("little")) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: expected byte order little, found %s",
                                source,
                                JsonWriter.quoted(found)));
            }
        }
        byte[] pickle = read(zip.getEntry(folder + PICKLE), MAX_PICKLE_BYTES);
        Object value = new Pickle(NpzFile.place(source, folder + PICKLE), pickle).read();
        if (!(value instanceof Map<?, ?> map)) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected arrays by name, found %s; save model.state_dict()",
                            source,
                            Pickle.kind(value)));
        }
        list("", map, 1);
    }

    /** Says whether a zip file is one of {@code torch.save}. */
    static boolean matches(ZipFile zip) {
        return zip.stream().anyMatch(entry -> entry.getName().endsWith("/" + PICKLE));
    }

    /** Says whether a zip file is a program of {@code torch.export}. */
    static boolean isProgram(ZipFile zip) {
        return zip.stream().anyMatch(entry -> entry.getName().endsWith("archive_format"));
    }

    static TorchFile opened(Path file) throws IOException {
        String source = "torch: " + file;
        ZipFile zip = NpzFile.zip("torch", file);
        try {
            return new TorchFile(source, zip, Files.size(file));
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            zip.close();
            throw NpzFile.notZip(source, e);
        } catch (Throwable e) {
            zip.close();
            throw e;
        }
    }

    /** Returns where the entries are; checks that none is more than its part of the file. */
    private String folder(long fileSize) throws FormatException {
        requireNoProgram();
        String found = null;
        long room = fileSize;
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            room -= entry.getCompressedSize();
            boolean stored = entry.getMethod() == ZipEntry.STORED;
            if (!stored || entry.getSize() != entry.getCompressedSize() || room < 0) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: expected stored bytes that fit into the file, found %,d packed"
                                        + " into %,d; save it again with torch.save",
                                place(entry),
                                entry.getSize(),
                                entry.getCompressedSize()));
            }
            boolean pickle = entry.getName().endsWith("/" + PICKLE);
            if (!names.add(entry.getName()) || pickle && found != null) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: expected each entry once, and one %s, found %s again",
                                source(),
                                PICKLE,
                                JsonWriter.quoted(entry.getName())));
            }
            if (pickle) {
                found = entry.getName().substring(0, entry.getName().length() - PICKLE.length());
            }
        }
        return found;
    }

    /** A program has its constants beside its weights, and code of its own. */
    private void requireNoProgram() throws FormatException {
        if (zip.stream()
                .map(ZipEntry::getName)
                .anyMatch(entry -> entry.endsWith("/constants.pkl") || entry.contains("/code/"))) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected a state_dict, found a program of TorchScript; save"
                                    + " torch.jit.load(...).state_dict()",
                            source()));
        }
    }

    private String place(ZipEntry entry) {
        return NpzFile.place(source(), entry.getName());
    }

    private byte[] read(ZipEntry entry, int most) throws IOException {
        if (entry.getSize() > most) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected at most %,d bytes, found %,d",
                            place(entry),
                            most,
                            entry.getSize()));
        }
        verify(entry);
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes((int) entry.getSize());
        }
    }

    private void list(String prefix, Map<?, ?> map, int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected at most %s maps in each other, found more",
                            source(),
                            MAX_DEPTH));
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (++visits > MAX_VISITS) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: expected at most %,d values, found more",
                                source(),
                                MAX_VISITS));
            }
            String name = prefix + part(entry.getKey());
            if (name.length() > MAX_NAME) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: expected names of at most %,d characters, found one of %,d",
                                source(),
                                MAX_NAME,
                                name.length()));
            }
            if (entry.getValue() instanceof Map<?, ?> inner) {
                list(name + ".", inner, depth + 1);
            } else if (entry.getValue() instanceof TorchArray tensor) {
                add(name, tensor);
            } else if (entry.getValue() instanceof PickleValues.Unread unread) {
                unreadable.put(
                        name,
                        String.format(
                                Locale.ROOT,
                                "%s: array %s: expected plain numbers, found %s; %s",
                                source(),
                                JsonWriter.quoted(name),
                                unread,
                                unread.fix()));
            }
        }
    }

    /** Returns what a key adds to names, as Python would write it. */
    private static String part(Object key) {
        return switch (key) {
            case null -> "None";
            case Boolean truth -> truth ? "True" : "False";
            default -> key.toString();
        };
    }

    private void add(String name, TorchArray tensor) throws FormatException {
        TorchArray.Storage storage = tensor.storage();
        ZipEntry entry = zip.getEntry(entryName(storage));
        long found = entry == null ? -1 : entry.getSize();
        if (found != storage.elements() * storage.dtype().bytes()) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: array %s: expected an entry %s of %,d %s, found %s",
                            source(),
                            JsonWriter.quoted(name),
                            JsonWriter.quoted(entryName(storage)),
                            storage.elements(),
                            storage.dtype(),
                            entry == null
                                    ? "none"
                                    : String.format(Locale.ROOT, "%,d bytes", found)));
        }
        if (places.putIfAbsent(name, tensor) != null) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected each name once, found %s again",
                            source(),
                            JsonWriter.quoted(name)));
        }
        tensors.put(name, new TensorInfo(name, storage.dtype(), tensor.sizes()));
    }

    private String entryName(TorchArray.Storage storage) {
        return folder + "data/" + storage.key();
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
    public void verify() throws IOException {
        for (TorchArray tensor : places.values()) {
            verify(zip.getEntry(entryName(tensor.storage())));
        }
    }

    private synchronized void verify(ZipEntry entry) throws IOException {
        if (verified.contains(entry.getName())) {
            return;
        }
        CRC32 sum = new CRC32();
        byte[] part = new byte[(int) Math.min(FileStream.PART_BYTES, Math.max(8, entry.getSize()))];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int count = in.read(part); count > 0; count = in.read(part)) {
                sum.update(part, 0, count);
            }
        } catch (ZipException | EOFException e) {
            throw NpzFile.notZip(place(entry), e);
        }
        if (sum.getValue() != entry.getCrc()) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected CRC-32 %08x, found %08x; the file was altered, or saved"
                                    + " with torch.serialization.set_crc32_options(False)",
                            place(entry),
                            entry.getCrc(),
                            sum.getValue()));
        }
        verified.add(entry.getName());
    }

    @Override
    synchronized void stream(TensorInfo tensor, Sink sink) throws IOException {
        TorchArray place = places.get(tensor.name());
        ZipEntry entry = zip.getEntry(entryName(place.storage()));
        verify(entry);
        int size = tensor.dtype().bytes();
        try (InputStream in = zip.getInputStream(entry)) {
            in.skipNBytes(place.offset() * size);
            if (place.isContiguous()) {
                TorchElements.stream(in, tensor.bytes(), sink);
            } else {
                TorchElements.gather(source(), in, place, tensor, sink);
            }
        } catch (ZipException | EOFException e) {
            throw NpzFile.notZip(place(entry), e);
        }
    }

    @Override
    Optional<ColumnMajor> order(TensorInfo tensor) {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
