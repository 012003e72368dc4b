package io.github.lanewise.examples.digits;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where this system keeps what programs may fetch again. */
final class CacheFolder {

    private CacheFolder() {}

    /** Returns the folder for MNIST; empty if this user has no home, or none that Java can name. */
    static Optional<Path> mnist() {
        return mnist(
                System.getenv(),
                System.getProperty("os.name", ""),
                System.getProperty("user.home", ""));
    }

    static Optional<Path> mnist(Map<String, String> environment, String system, String home) {
        return root(environment, system.toLowerCase(Locale.ROOT), absolute(home))
                .map(root -> root.resolve("lanewise").resolve("mnist"));
    }

    private static Optional<Path> root(
            Map<String, String> environment, String system, Optional<Path> home) {
        // The XDG specification says that a relative path is to be ignored.
        Optional<Path> xdg = absolute(environment.get("XDG_CACHE_HOME"));
        if (xdg.isPresent()) {
            return xdg;
        }
        if (system.startsWith("mac")) {
            return home.map(folder -> folder.resolve("Library").resolve("Caches"));
        }
        if (system.startsWith("windows")) {
            return absolute(environment.get("LOCALAPPDATA"))
                    .or(() -> home.map(folder -> folder.resolve("AppData").resolve("Local")));
        }
        return home.map(folder -> folder.resolve(".cache"));
    }

    /** Returns an absolute path; empty for any other, such as the "?" of a user without a home. */
    private static Optional<Path> absolute(String path) {
        try {
            return Optional.ofNullable(path)
                    .filter(text -> !text.isEmpty())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            // Letters that this locale cannot write: Java cannot use such a folder.
            return Optional.empty();
        }
    }
}
