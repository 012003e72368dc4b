package io.github.lanewise.examples.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static FuzzTarget of(Path folder) {
        return new FileTarget(
                "pickle",
                folder,
                file -> read(Files.readAllBytes(file), folder.resolve("again.pt")),
                f -> Files.write(f, pickle()));
    }

    private static void read(byte[] pickle, Path file) throws IOException {
        try (ZipInputStream sound = open();
                OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry entry; (entry = sound.getNextEntry()) != null; ) {
                boolean its = entry.getName().endsWith(PICKLE);
                byte[] content = its ? pickle : sound.readAllBytes();
                zip.putNextEntry(stored(entry.getName(), content));
                zip.write(content);
            }
        }
        FileTargets.readTensors(file);
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

    private static byte[] pickle() throws IOException {
        try (ZipInputStream zip = open()) {
            ZipEntry entry = zip.getNextEntry();
            while (!entry.getName().endsWith(PICKLE)) {
                entry = zip.getNextEntry();
            }
            return zip.readAllBytes();
        }
    }

    private static ZipInputStream open() throws IOException {
        return new ZipInputStream(new ByteArrayInputStream(FuzzTargets.resource("torch.pt")));
    }
}
