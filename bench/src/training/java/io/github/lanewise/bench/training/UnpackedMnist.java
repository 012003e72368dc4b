package io.github.lanewise.bench.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The training set of MNIST without compression, so that no library is measured by its inflater.
 */
final class UnpackedMnist {

    private static final Map<String, Long> FILES =
            Map.of("train-images-idx3-ubyte", 47_040_016L, "train-labels-idx1-ubyte", 60_008L);

    private UnpackedMnist() {}

    /** Unpacks or copies the training files of a folder into another one and returns that. */
    static Path unpack(Path from, Path into) throws IOException {
        Files.createDirectories(into);
        for (Map.Entry<String, Long> file : FILES.entrySet()) {
            Path target = into.resolve(file.getKey());
            try (InputStream in = open(from, file.getKey())) {
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.size(target) != file.getValue()) {
                throw new IOException(
                        "--data: %s has %,d bytes, expected %,d; download it again"
                                .formatted(file.getKey(), Files.size(target), file.getValue()));
            }
        }
        return into;
    }

    private static InputStream open(Path folder, String name) throws IOException {
        Path packed = folder.resolve(name + ".gz");
        if (Files.exists(packed)) {
            return new GZIPInputStream(Files.newInputStream(packed));
        }
        Path plain = folder.resolve(name);
        if (!Files.exists(plain)) {
            throw new IOException(
                    "--data: %s has neither %s nor %s.gz; name a folder with MNIST's files"
                            .formatted(folder, name, name));
        }
        return Files.newInputStream(plain);
    }
}
