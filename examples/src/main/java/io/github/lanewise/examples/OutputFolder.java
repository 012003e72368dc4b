package io.github.lanewise.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for results: found out to be usable before the work, made after it.
 *
 * <p>So a run that fails leaves no empty folder, and none fails at its end for a wrong name.
 */
final class OutputFolder {

    private final Path folder;

    /** Checks that the folder is there, or can be made. */
    OutputFolder(Path folder) {
        this.folder = folder;
        Path existing = folder.toAbsolutePath().normalize();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        boolean usable =
                existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
        BadInput.require(
                usable, "--out", folder, "a folder to write into; %s is none".formatted(existing));
    }

    /** Makes the folder and returns it. */
    Path create() throws IOException {
        return Files.createDirectories(folder);
    }
}
