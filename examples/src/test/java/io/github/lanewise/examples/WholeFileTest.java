package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class WholeFileTest {

    @TempDir private Path folder;

    @Test
    void writesAndReplaces() throws IOException {
        Path file = folder.resolve("file");
        WholeFile.write(file, new byte[] {1, 2, 3});
        WholeFile.write(file, new byte[] {4});
        assertArrayEquals(new byte[] {4}, Files.readAllBytes(file));
        assertEquals(List.of(file), files());
    }

    /** Every reader sees the whole of one writing, and no writer fails. */
    @Test
    @Timeout(60)
    void manyWritersOfOneFileNeverTearIt() throws Exception {
        Path file = folder.resolve("file");
        WholeFile.write(file, new byte[10_000]);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 1; writer <= 4; writer++) {
                byte[] content = new byte[10_000];
                Arrays.fill(content, (byte) writer);
                writers.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 50; i++) {
                                        WholeFile.write(file, content);
                                        byte[] seen = Files.readAllBytes(file);
                                        assertEquals(content.length, seen.length);
                                        for (byte b : seen) {
                                            assertEquals(seen[0], b);
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertEquals(List.of(file), files());
    }

    @Test
    void unfinishedFileLeavesTheOldOne() throws IOException {
        Path file = folder.resolve("file");
        WholeFile.write(file, new byte[] {1});
        try (WholeFile whole = new WholeFile(file)) {
            whole.append(new byte[100], 100);
        }
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void errorNamesTheFileNotItsSibling() {
        Path file = folder.resolve("missing").resolve("file");
        assertEquals(
                file + ": cannot be written: no such file or folder",
                assertThrows(IOException.class, () -> WholeFile.write(file, new byte[1]))
                        .getMessage());
    }

    @Test
    void folderOfThatNameIsNamed() throws IOException {
        Path file = Files.createDirectory(folder.resolve("file"));
        assertEquals(
                file + ": cannot be written: a folder is in the way",
                assertThrows(IOException.class, () -> WholeFile.write(file, new byte[1]))
                        .getMessage());
        assertEquals(List.of(file), files());
    }

    @Test
    void longestNameCanBeWritten() throws IOException {
        Path file = folder.resolve("n".repeat(255));
        WholeFile.write(file, new byte[1]);
        assertEquals(List.of(file), files());
    }

    @Test
    void linkStaysALink() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path file = Files.write(folder.resolve("file"), new byte[1]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        WholeFile.write(link, new byte[] {7});
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(new byte[] {7}, Files.readAllBytes(file));
    }

    /** A file as any program writes it, readable for whom the user lets read. */
    @Test
    void permissionsAreThoseOfAnyNewFile() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path usual = Files.write(folder.resolve("usual"), new byte[1]);
        Path file = folder.resolve("file");
        WholeFile.write(file, new byte[1]);
        assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
