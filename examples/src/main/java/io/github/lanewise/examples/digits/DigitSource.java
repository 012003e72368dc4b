package io.github.lanewise.examples.digits;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds digits: a folder that the user names, else the cache, else a download, else drawn ones.
 *
 * <p>A folder that the user names is never silently replaced by anything else.
 */
public final class DigitSource {

    /** Environment variable that names a folder with MNIST. */
    public static final String VARIABLE = "LANEWISE_DATA";

    private final String variable;
    private final Path cache;
    private final List<String> mirrors;
    private final PrintWriter out;

    DigitSource(String variable, Path cache, List<String> mirrors, PrintWriter out) {
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
            return MnistFolder.read(Path.of(variable), VARIABLE);
        }
        dropDamaged();
        if (!MnistFile.missingIn(cache).isEmpty() && !download()) {
            return DrawnDigits.draw(seed);
        }
        return MnistFolder.read(cache, "the cache");
    }

    private boolean download() {
        try {
            MnistDownload.into(cache, mirrors);
            out.println("MNIST is now in " + cache);
            return true;
        } catch (IOException e) {
            out.println("No MNIST here, and it cannot be downloaded: " + e.getMessage());
            out.println(
                    "Training on drawn digits instead; for the real ones, pass --data DIR or set "
                            + VARIABLE);
            return false;
        }
    }

    /** Removes gzipped files of a wrong length, which a full disk or an older version left. */
    private void dropDamaged() throws IOException {
        for (MnistFile file : MnistFile.values()) {
            Path path = cache.resolve(file.gzipName());
            if (Files.isRegularFile(path) && Files.size(path) != file.gzipLength()) {
                Files.delete(path);
            }
        }
    }
}
