package io.github.lanewise.examples.digits;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds digits: a folder that the user names, else the cache, else a download, else drawn ones.
 *
 * <p>A folder that the user names is never silently replaced by anything else.
 */
public final class DigitSource {

    /** Environment variable that names a folder with MNIST. */
    public static final String VARIABLE = "LANEWISE_DATA";

    private final String variable;
    private final Optional<Path> cache;
    private final List<String> mirrors;
    private final PrintWriter out;

    DigitSource(String variable, Optional<Path> cache, List<String> mirrors, PrintWriter out) {
        this.variable = variable;
        this.cache = cache;
        this.mirrors = mirrors;
        this.out = out;
    }

    /** Makes a source for this user, which tells a writer what it does. */
    public static DigitSource ofUser(PrintWriter out) {
        return new DigitSource(
                System.getenv(VARIABLE), CacheFolder.mnist(), MnistDownload.mirrors(), out);
    }

    /**
     * Returns digits.
     *
     * @param data the folder that the user names, or null
     * @param seed of the drawn digits
     * @throws IOException if the named folder, or what the cache holds, is broken
     */
    public Digits find(Path data, long seed) throws IOException {
        if (data != null) {
            return MnistFolder.read(data, "--data");
        }
        if (variable != null && !variable.isBlank()) {
            return MnistFolder.read(named(), VARIABLE);
        }
        if (cache.isEmpty()) {
            drawInstead(
                    "this user has no home folder to keep them in; XDG_CACHE_HOME can name one");
            return DrawnDigits.draw(seed);
        }
        dropDamaged(cache.get());
        if (!MnistFile.missingIn(cache.get()).isEmpty() && !download(cache.get())) {
            return DrawnDigits.draw(seed);
        }
        return MnistFolder.read(cache.get(), "the cache");
    }

    private Path named() throws IOException {
        try {
            return Path.of(variable);
        } catch (InvalidPathException e) {
            throw new IOException(
                    text(
                            "mnist: %s: is no path in this locale: %s; set LC_ALL=C.UTF-8, or give"
                                    + " another folder with --data",
                            VARIABLE, e.getReason()),
                    e);
        }
    }

    private boolean download(Path folder) {
        try {
            MnistDownload.into(folder, mirrors);
            out.println("MNIST is now in " + folder);
            return true;
        } catch (IOException e) {
            drawInstead("it cannot be downloaded: " + e.getMessage());
            return false;
        }
    }

    private void drawInstead(String reason) {
        out.println("No MNIST here, and " + reason);
        out.println(
                "Training on drawn digits instead; for the real ones, pass --data DIR or set "
                        + VARIABLE);
    }

    /** Removes gzipped files of a wrong length, which a full disk or an older version left. */
    private static void dropDamaged(Path folder) throws IOException {
        for (MnistFile file : MnistFile.values()) {
            Path path = folder.resolve(file.gzipName());
            if (Files.isRegularFile(path) && Files.size(path) != file.gzipLength()) {
                Files.delete(path);
            }
        }
    }
}
