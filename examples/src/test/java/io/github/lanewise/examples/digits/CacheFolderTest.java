package io.github.lanewise.examples.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class CacheFolderTest {

    @Test
    void eachSystemHasItsPlace() {
        assertEquals(Path.of("/home/me/.cache/lanewise/mnist"), on("Linux", Map.of()));
        assertEquals(Path.of("/home/me/Library/Caches/lanewise/mnist"), on("Mac OS X", Map.of()));
        assertEquals(
                Path.of("/local/lanewise/mnist"),
                on("Windows 11", Map.of("LOCALAPPDATA", "/local")));
    }

    @Test
    void xdgCacheHomeWinsIfItIsAbsolute() {
        String name = "XDG_CACHE_HOME";
        Path absolute = Path.of("/x").toAbsolutePath();
        assertEquals(
                absolute.resolve("lanewise/mnist"), on("Linux", Map.of(name, absolute.toString())));
        assertEquals(Path.of("/home/me/.cache/lanewise/mnist"), on("Linux", Map.of(name, "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "home", "/bad\0name"})
    void homeThatIsNoneGivesNoFolder(String home) {
        for (String system : new String[] {"Linux", "Mac OS X", "Windows 11", ""}) {
            assertEquals(Optional.empty(), CacheFolder.mnist(Map.of(), system, home));
        }
        assertEquals(Optional.empty(), CacheFolder.mnist(Map.of(), "Linux", null));
    }

    @Test
    void variableThatIsNoPathIsIgnored() {
        assertEquals(
                Path.of("/home/me/.cache/lanewise/mnist"),
                on("Linux", Map.of("XDG_CACHE_HOME", "/x\0y")));
    }

    private static Path on(String system, Map<String, String> environment) {
        return CacheFolder.mnist(environment, system, "/home/me").orElseThrow();
    }
}
