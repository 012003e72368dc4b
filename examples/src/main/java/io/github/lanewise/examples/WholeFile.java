package io.github.lanewise.examples;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that nobody ever sees half of one: to a sibling first, then moved into place. */
public final class WholeFile {

    private WholeFile() {}

    /** Writes a file, replacing what is there. */
    public static void write(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(part, content);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Moves a finished file into place, in one step where the file system can. */
    public static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
