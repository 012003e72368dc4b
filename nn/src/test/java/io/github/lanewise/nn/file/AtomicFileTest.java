package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

class AtomicFileTest {

    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};

    @TempDir private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileIsMadeAndReplaced() throws IOException {
        Path file = folder.resolve("a");
        AtomicFile.write(file, OLD);
        assertArrayEquals(OLD, Files.readAllBytes(file));
        AtomicFile.write(file, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void theOldFileIsThereUntilTheNewOneIsWhole() throws IOException {
        Path file = folder.resolve("a");
        Files.write(file, OLD);
        AtomicFile.write(
                file,
                channel -> {
                    channel.write(ByteBuffer.wrap(NEW));
                    assertArrayEquals(OLD, Files.readAllBytes(file));
                    assertEquals(2, names().size());
                });
        assertArrayEquals(NEW, Files.readAllBytes(file));
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("a");
        Files.write(file, OLD);
        IOException e =
                assertThrows(
                        IOException.class,
                        () ->
                                AtomicFile.write(
                                        file,
                                        channel -> {
                                            channel.write(ByteBuffer.wrap(NEW));
                                            throw new IOException("No space left on device");
                                        }));
        assertEquals(
                "write: " + file + ": No space left on device; what was there before is unchanged",
                e.getMessage());
        assertArrayEquals(OLD, Files.readAllBytes(file));
        assertEquals(List.of("a"), names());
    }

    @Test
    void whatTheContentThrowsComesThrough() throws IOException {
        IllegalArgumentException thrown = new IllegalArgumentException("bad value");
        Path file = folder.resolve("a");
        assertSame(
                thrown,
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                AtomicFile.write(
                                        file,
                                        channel -> {
                                            throw thrown;
                                        })));
        assertEquals(List.of(), names());
    }

    @Test
    void aThreadThatIsInterruptedWritesNothing() throws IOException {
        Path file = folder.resolve("a");
        Thread.currentThread().interrupt();
        IOException e = assertThrows(IOException.class, () -> AtomicFile.write(file, NEW));
        assertTrue(Thread.interrupted());
        assertEquals(
                "write: "
                        + file
                        + ": the thread was interrupted; what was there before is unchanged",
                e.getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void errorsNameTheTargetAndNotTheSibling() throws IOException {
        Path inNoFolder = folder.resolve("no/a");
        assertEquals(
                "write: %s: no folder %s; what was there before is unchanged"
                        .formatted(inNoFolder, inNoFolder.getParent()),
                assertThrows(IOException.class, () -> AtomicFile.write(inNoFolder, NEW))
                        .getMessage());
        assertEquals(
                "write: %s: there is a folder; what was there before is unchanged"
                        .formatted(folder),
                assertThrows(IOException.class, () -> AtomicFile.write(folder, NEW)).getMessage());
        Path longName = folder.resolve("a".repeat(300));
        IOException e = assertThrows(IOException.class, () -> AtomicFile.write(longName, NEW));
        assertTrue(e.getMessage().startsWith("write: " + longName + ": "), e.getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void aNameAsLongAsTheFileSystemTakesCanBeWritten() throws IOException {
        Path file = folder.resolve("a".repeat(250));
        AtomicFile.write(file, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(file));
    }

    @Test
    void aPrivateFileStaysPrivate() throws IOException {
        Path file = folder.resolve("a");
        AtomicFile.write(file, OLD);
        assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        AtomicFile.write(
                file,
                channel -> {
                    channel.write(ByteBuffer.wrap(NEW));
                    for (String name : names()) {
                        assertEquals(
                                "rw-------",
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(folder.resolve(name))));
                    }
                });
        assertArrayEquals(NEW, Files.readAllBytes(file));
    }

    @Test
    void aSymbolicLinkStaysAndItsFileIsReplaced() throws IOException {
        Path file = folder.resolve("a");
        Path link = folder.resolve("link");
        Files.write(file, OLD);
        try {
            Files.createSymbolicLink(link, file);
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "no symbolic links here");
        }
        AtomicFile.write(link, NEW);
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(NEW, Files.readAllBytes(file));
    }

    /** A pipe, a device or a socket stays what it is, even for a user who may replace it. */
    @Test
    void whatIsNoRegularFileIsNotReplaced() throws IOException {
        Path place = folder.resolve("s");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(place));
            IOException e = assertThrows(IOException.class, () -> AtomicFile.write(place, NEW));
            assertEquals(
                    "write: %s: there is no regular file; what was there before is unchanged"
                            .formatted(place),
                    e.getMessage());
        }
    }

    @Test
    void aFolderThatMayNotBeWrittenIntoIsNamedBeforeTheWork() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(closed.toFile().setWritable(false));
        assumeTrue(!Files.isWritable(closed), "this user may write anywhere");
        Path file = closed.resolve("a");
        assertEquals(
                "write: %s: no permission to write into %s; what was there before is unchanged"
                        .formatted(file, closed),
                assertThrows(UncheckedIOException.class, () -> AtomicFile.requirePlace(file))
                        .getCause()
                        .getMessage());
    }

    @Test
    void onlyOldLeftoversThatNobodyWritesAreRemoved() throws IOException {
        Path old = folder.resolve(".lanewise-0123456789abcdef.part");
        Path young = folder.resolve(".lanewise-0123456789abcde0.part");
        Path other = folder.resolve("model.part");
        FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        for (Path file : List.of(old, young, other)) {
            Files.write(file, OLD);
        }
        Files.setLastModifiedTime(old, anHourAgo);
        Files.setLastModifiedTime(other, anHourAgo);
        AtomicFile.write(
                folder.resolve("slow"),
                channel -> {
                    channel.write(ByteBuffer.wrap(NEW));
                    for (String name : names()) {
                        if (name.endsWith(".part") && !young.endsWith(name)) {
                            Files.setLastModifiedTime(folder.resolve(name), anHourAgo);
                        }
                    }
                    assertEquals(1, AtomicFile.removeLeftovers(folder));
                });
        assertEquals(List.of(young.getFileName().toString(), "model.part", "slow"), names());
    }
}
