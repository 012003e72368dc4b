package io.github.lanewise.examples.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The pickle of a file of {@code torch.save}: the inputs are pickles, which get a right zip file
 * round them, since otherwise a changed byte is refused by its checksum.
 */
final class PickleTarget {

    private static final String PICKLE = "data.pkl";

    private PickleTarget() {}

    static FuzzTarget of(Path folder) throws IOException {
        Map<String, byte[]> entries = entries();
        Path again = folder.resolve("again.pt");
        return new FileTarget(
                "pickle",
                folder,
                file -> {
                    write(entries, Files.readAllBytes(file), again);
                    FileTargets.readTensors(again);
                },
                f -> Files.write(f, pickle(entries)));
    }

    /** Returns the entries of a sound file, unpacked once and for all. */
    private static Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] sound = FuzzTargets.resource("torch.pt");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(sound))) {
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] pickle(Map<String, byte[]> entries) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(PICKLE))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static void write(Map<String, byte[]> entries, byte[] pickle, Path file)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                boolean its = entry.getKey().endsWith(PICKLE);
                byte[] content = its ? pickle : entry.getValue();
                zip.putNextEntry(stored(entry.getKey(), content));
                zip.write(content);
            }
        }
        Files.write(file, bytes.toByteArray());
    }

    private static ZipEntry stored(String name, byte[] content) {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        return entry;
    }
}
