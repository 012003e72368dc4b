package io.github.lanewise.examples.digits;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where this system keeps what programs may fetch again. */
final class CacheFolder {

    private CacheFolder() {}

    /** Returns the folder for MNIST. */
    static Path mnist() {
        return mnist(
                System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
    }

    static Path mnist(Map<String, String> environment, String system, String home) {
        return root(environment, system.toLowerCase(Locale.ROOT), Path.of(home))
                .resolve("lanewise")
                .resolve("mnist");
    }

    private static Path root(Map<String, String> environment, String system, Path home) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        // The XDG specification says that a relative path is to be ignored.
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg);
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        if (system.startsWith("windows")) {
            return local.isEmpty() ? home.resolve("AppData").resolve("Local") : Path.of(local);
        }
        return home.resolve(".cache");
    }
}
