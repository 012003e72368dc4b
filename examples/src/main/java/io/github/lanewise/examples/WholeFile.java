package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that nobody ever sees half of: written to a sibling with a name of its own, forced onto
 * the disk, then moved into place. Any number of programs may write the same file at once; one of
 * them wins, whole.
 *
 * <p>Each error names the file, never the sibling. A sibling that was not moved is deleted, on
 * {@link #close} or when the JVM ends, also by a signal.
 */
public final class WholeFile implements Closeable {

    private static final int LONGEST_NAME = 60;

    /** Siblings that are not yet in place. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(WholeFile::delete)));
    }

    private final Path file;
    private final Path sibling;
    private final FileChannel channel;

    /** Starts to write a file; what is there stays until {@link #moveIntoPlace}. */
    public WholeFile(Path file) throws IOException {
        this.file = file;
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("a folder is in the way");
            }
            Path target = target();
            sibling = target.resolveSibling(siblingName(target.getFileName().toString()));
            OPEN.add(sibling);
            channel =
                    FileChannel.open(
                            sibling, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Writes a file, replacing what is there. */
    public static void write(Path file, byte[] content) throws IOException {
        try (WholeFile whole = new WholeFile(file)) {
            whole.append(content, content.length);
            whole.moveIntoPlace();
        }
    }

    /** Writes the first bytes of an array after what has been written. */
    public void append(byte[] bytes, int count) throws IOException {
        try {
            ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Ends the writing: from now on the file is there, whole, even if the power fails. */
    public void moveIntoPlace() throws IOException {
        try {
            channel.force(true);
            channel.close();
            move(sibling, target());
            OPEN.remove(sibling);
            forceFolder(sibling.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** Deletes what was not moved into place. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } catch (IOException e) {
            throw named(e);
        } finally {
            if (OPEN.remove(sibling)) {
                delete(sibling);
            }
        }
    }

    /** Returns what a link leads to, so that the link stays. */
    private Path target() throws IOException {
        return Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
    }

    private static String siblingName(String name) {
        String start = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
        long chance = ThreadLocalRandom.current().nextLong();
        return text(".%s.%d.%016x.part", start, ProcessHandle.current().pid(), chance);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the new name last; not every system lets a program open a folder. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The file is whole and in place all the same.
        }
    }

    private static void delete(Path sibling) {
        try {
            Files.deleteIfExists(sibling);
        } catch (IOException e) {
            // An error of the writing itself is told; this one adds nothing to it.
        }
    }

    private IOException named(IOException failure) {
        return new IOException(text("%s: cannot be written: %s", file, reason(failure)), failure);
    }

    /** Says in a few words why a file could not be used; the words do not name it. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _, NotDirectoryException _ ->
                    "a file is in the way; name a folder";
            case DirectoryNotEmptyException _ -> "a folder is in the way";
            case FileSystemLoopException _ -> "links that lead back to themselves";
            case FileSystemException broken ->
                    broken.getReason() == null ? "cannot be used" : broken.getReason();
            default ->
                    failure.getMessage() == null
                            ? "unknown problem (" + failure.getClass().getSimpleName() + ")"
                            : failure.getMessage();
        };
    }
}
