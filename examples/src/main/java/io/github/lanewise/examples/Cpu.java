package io.github.lanewise.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The name of the CPU, which Java does not tell. */
final class Cpu {

    private static final Path LINUX = Path.of("/proc/cpuinfo");

    private Cpu() {}

    /** Returns the name as the system tells it, or the architecture where it tells none. */
    static String model() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        Optional<String> name =
                system.startsWith("mac")
                        ? macName()
                        : system.startsWith("windows")
                                ? Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"))
                                : linuxName();
        return name.orElse("unnamed, " + System.getProperty("os.arch"));
    }

    private static Optional<String> linuxName() {
        try (Stream<String> lines = Files.lines(LINUX, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> macName() {
        try {
            Process sysctl = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
            byte[] name = sysctl.getInputStream().readAllBytes();
            return Optional.of(new String(name, StandardCharsets.UTF_8).strip())
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
