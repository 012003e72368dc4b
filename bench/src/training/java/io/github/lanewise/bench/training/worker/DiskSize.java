package io.github.lanewise.bench.training.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a library needs on disk: its jars, and what it makes of them: native libraries, a cache. */
final class DiskSize {

    private static final String WORKERS = "lanewise-bench";

    private DiskSize() {}

    static long bytes() throws IOException {
        long bytes = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (name.endsWith(".jar") && !name.startsWith(WORKERS)) {
                bytes += Files.size(Path.of(entry));
            }
        }
        String made = System.getProperty("bench.files", "");
        return made.isEmpty() ? bytes : bytes + below(Path.of(made));
    }

    private static long below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
