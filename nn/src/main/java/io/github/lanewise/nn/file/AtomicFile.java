package io.github.lanewise.nn.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file so that nobody ever sees half of one: into a sibling with a name of its own, forced
 * to disk, then moved into place in one step. Whatever fails on the way, a full disk included, the
 * sibling is removed and the old file stays as it was.
 *
 * <p>A process that is killed leaves its sibling behind; {@link #removeLeftovers} clears it away.
 */
public final class AtomicFile {

    private static final String PREFIX = ".lanewise-";
    private static final String SUFFIX = ".part";

    /** Younger than this, a sibling may not have its lock yet. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** The names of the siblings that this process has open. */
    private static final Set<String> BEING_WRITTEN = ConcurrentHashMap.newKeySet();

    private AtomicFile() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {

        /** Writes everything into an empty file that can be read too, without closing it. */
        void writeTo(FileChannel file) throws IOException;
    }

    /**
     * Writes a file, in the place of the one that may be there. Where the path is a symbolic link,
     * it is the file behind it that is replaced.
     *
     * @throws IOException if it cannot be written: the message names this path and the reason. What
     *     the content throws beyond that comes through as it is.
     */
    public static void write(Path file, Content content) throws IOException {
        Objects.requireNonNull(content, "content");
        String name = siblingName();
        Path sibling = null;
        BEING_WRITTEN.add(name);
        try {
            Path target = target(file);
            Path unfinished = target.resolveSibling(name);
            try (FileChannel channel =
                    FileChannel.open(
                            unfinished,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE)) {
                sibling = unfinished;
                lock(channel);
                copyPermissions(target, sibling);
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(sibling, target, StandardCopyOption.ATOMIC_MOVE);
            sibling = null;
            forceFolder(target.getParent());
        } catch (IOException e) {
            throw failed(file, e);
        } finally {
            BEING_WRITTEN.remove(name);
            if (sibling != null) {
                remove(sibling);
            }
        }
    }

    /**
     * Checks that a file can have its place: in a folder that is there and can be written into, and
     * where no folder is. So a program can say so before it computes what to write.
     *
     * @throws UncheckedIOException if it cannot: the message names this path and the reason
     */
    public static void requirePlace(Path file) {
        try {
            Path folder = target(file).getParent();
            if (!Files.isWritable(folder)) {
                throw new AccessDeniedException(
                        file.toString(), null, "no permission to write into " + folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(failed(file, e));
        }
    }

    private static IOException failed(Path file, IOException e) {
        return new IOException(
                "write: %s: %s; what was there before is unchanged".formatted(file, reason(e)), e);
    }

    /** Writes these bytes. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, channel -> writeFully(channel, ByteBuffer.wrap(content)));
    }

    /** Writes all that is left in a buffer, at the channel's position. */
    static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Removes from a folder what processes that were killed had not finished writing. What another
     * process, or another thread, is still writing stays; so does what is younger than a minute.
     *
     * @return how many files were removed
     */
    public static int removeLeftovers(Path folder) throws IOException {
        int removed = 0;
        Instant young = Instant.now().minus(YOUNG);
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path sibling : siblings) {
                removed += removeLeftover(sibling, young) ? 1 : 0;
            }
        }
        return removed;
    }

    private static boolean removeLeftover(Path sibling, Instant young) {
        try {
            return Files.getLastModifiedTime(sibling).toInstant().isBefore(young)
                    && !isBeingWritten(sibling)
                    && Files.deleteIfExists(sibling);
        } catch (IOException e) {
            return false; // another process has removed it, or it is another user's
        }
    }

    /** The names come first: to close a file that this process has locked would unlock it. */
    private static boolean isBeingWritten(Path sibling) throws IOException {
        if (BEING_WRITTEN.contains(sibling.getFileName().toString())) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(sibling, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static Path target(Path file) throws IOException {
        Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "there is a folder");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(file.toString(), null, "there is no regular file");
        }
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw new NoSuchFileException(file.toString(), null, "no folder " + target.getParent());
        }
        return target;
    }

    /** The name does not grow with the target's, which may be as long as the file system takes. */
    private static String siblingName() {
        long random = ThreadLocalRandom.current().nextLong();
        return PREFIX + HexFormat.of().toHexDigits(random) + SUFFIX;
    }

    /** Tells {@link #removeLeftovers} that the file is being written, until it is closed. */
    private static void lock(FileChannel channel) {
        try {
            channel.tryLock();
        } catch (IOException e) {
            // a file system without locks: the file's age has to do
        }
    }

    /** A file that only its owner may read stays so. */
    private static void copyPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            try {
                Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
            } catch (UnsupportedOperationException e) {
                // no such permissions here
            }
        }
    }

    /** Makes the move outlast a loss of power, where a folder can be opened for that. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not on Windows; the file itself is safe on disk
        }
    }

    private static void remove(Path sibling) {
        try {
            Files.deleteIfExists(sibling);
        } catch (IOException e) {
            // the failure that led here says more
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case FileSystemException known when known.getReason() != null -> known.getReason();
            case NoSuchFileException missing -> "no such folder";
            case AccessDeniedException denied -> "no permission";
            case ClosedByInterruptException interrupted -> "the thread was interrupted";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
