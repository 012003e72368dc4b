package io.github.lanewise.nn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends how close each case came to PyTorch to {@code target/parity.tsv}: share of the tolerance.
 */
public final class ParityLog {

    private static final Path FILE = Path.of("target", "parity.tsv");

    private ParityLog() {}

    public static synchronized void add(
            String name, String output, double error, double tolerance) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    "%.4f\t%s\t%s\t%.4g\t%.4g%n"
                            .formatted(error / tolerance, name, output, error, tolerance),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
