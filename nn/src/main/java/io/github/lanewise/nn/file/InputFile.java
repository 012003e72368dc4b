package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/** Opens files for reading, with one clear line for what is no file to read. */
final class InputFile {

    private InputFile() {}

    /**
     * Opens a regular file: a folder would open and then fail, a pipe would block.
     *
     * @param operation how messages begin
     */
    static FileChannel open(String operation, Path file) throws IOException {
        check(operation, file);
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (AccessDeniedException e) {
            throw denied(file);
        }
    }

    /** Checks that a regular file is there that this program may read. */
    static void check(String operation, Path file) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            throw new NoSuchFileException(file.toString(), null, "no such file");
        }
        if (found.isDirectory()) {
            throw new FormatException(operation + ": " + file + " is a folder; expected a file");
        }
        if (!found.isRegularFile()) {
            throw new FormatException(
                    operation + ": " + file + " is no regular file; expected one");
        }
        if (!Files.isReadable(file)) {
            throw denied(file);
        }
    }

    /** Makes the error for what the JDK only does with files of the system itself. */
    static FormatException elsewhere(String operation, Path file, UnsupportedOperationException e) {
        return new FormatException(
                String.format(
                        Locale.ROOT,
                        "%s: %s is in a file system of its own, such as a zip file's; expected a"
                                + " file of the default one, so copy it there",
                        operation,
                        file),
                e);
    }

    private static AccessDeniedException denied(Path file) {
        return new AccessDeniedException(file.toString(), null, "no permission to read it");
    }

    /** Reads a whole file that may have at most so many bytes. */
    static byte[] readAll(String operation, Path file, int most) throws IOException {
        try (FileChannel channel = open(operation, file)) {
            long size = channel.size();
            if (size > most) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: %s: %,d bytes; expected at most %,d",
                                operation,
                                file,
                                size,
                                most));
            }
            byte[] bytes = new byte[(int) size];
            readFully(operation + ": " + file, channel, 0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    /** Fills a buffer from a place in a file. */
    static void readFully(String source, FileChannel channel, long from, ByteBuffer into)
            throws IOException {
        long end = from + into.remaining();
        while (into.hasRemaining()) {
            if (channel.read(into, end - into.remaining()) < 0) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: offset %s: expected bytes up to %s, found the end",
                                source,
                                end - into.remaining(),
                                end));
            }
        }
    }
}
