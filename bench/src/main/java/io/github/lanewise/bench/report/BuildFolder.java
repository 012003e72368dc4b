package io.github.lanewise.bench.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The folder that this module is built into: where results go unless told otherwise. */
public final class BuildFolder {

    private BuildFolder() {}

    /** Returns the folder of the jar or of the classes folder that this class comes from. */
    public static Path path() {
        try {
            URI origin =
                    BuildFolder.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(origin).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has no file for this class", e);
        }
    }
}
