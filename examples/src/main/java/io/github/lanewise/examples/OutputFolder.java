package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder for results: tried out before the work by writing into it, made after it.
 *
 * <p>So a run that fails leaves no empty folder, and none fails at its end for a wrong name.
 */
final class OutputFolder {

    private static final int ATTEMPTS = 20;

    private final Path folder;

    /** Checks the folder that {@code --out} names. */
    OutputFolder(Path folder, String... files) {
        this("--out", folder, files);
    }

    /**
     * Checks that the folder is there, or can be made, that files can be written into it, and that
     * none of the files to come is a folder. Leaves everything as it was.
     *
     * @param option what names the folder
     * @param folder what it names
     * @param files names of the files to come
     * @throws BadInput if not
     */
    OutputFolder(String option, Path folder, String... files) {
        this.folder = folder;
        BadInput.require(!folder.toString().isBlank(), option, "empty", "the name of a folder");
        List<Path> made = missing(folder.toAbsolutePath());
        try {
            tryOut(option, files);
        } catch (IOException e) {
            throw new BadInput(
                    text(
                            "%s: is %s; it must be a folder to write into: %s",
                            option, folder, Reason.of(e)),
                    e);
        } finally {
            for (Path path : made.reversed()) {
                deleteEmpty(path);
            }
        }
    }

    /** Tries again if another program that tries the same folder out removes it meanwhile. */
    private void tryOut(String option, String... files) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(folder);
                for (String file : files) {
                    Path path = folder.resolve(file);
                    BadInput.require(
                            !Files.isDirectory(path),
                            option,
                            folder,
                            text("a folder to write %s into; that is a folder there", file));
                }
                Path trial = Files.createTempFile(folder, ".lanewise-", ".part");
                try {
                    // A full disk still takes an empty file.
                    Files.write(trial, new byte[1]);
                } finally {
                    Files.delete(trial);
                }
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS || Files.exists(folder)) {
                    throw e;
                }
            }
        }
    }

    /** Makes the folder and returns it. */
    Path create() throws IOException {
        return Files.createDirectories(folder);
    }

    /** Lists the folders that are not there, the outermost first. */
    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
            missing.addFirst(at);
        }
        return missing;
    }

    private static void deleteEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Another program has put something into it meanwhile.
        }
    }
}
