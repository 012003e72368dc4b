package io.github.lanewise.engine.internal;

import java.util.List;
import java.util.Locale;

/**
 * The engine's knobs, system properties read once at start.
 *
 * @param kernels {@code lanewise.kernels}: auto, simd or scalar
 * @param vectorBits {@code lanewise.vectorBits}: 128, 256 or 512; 0 if not set
 * @param threads {@code lanewise.threads}: 1 or more; by default the available processors, and
 *     never more, since threads that share a core only wait for each other
 */
public record Settings(String kernels, int vectorBits, int threads) {

    /** The most threads that a team takes; far above the cores of any machine. */
    public static final int MAX_THREADS = 1024;

    /**
     * Reads the settings of this JVM.
     *
     * @throws IllegalArgumentException if a property has a value that it cannot have
     */
    public static Settings read() {
        return new Settings(
                oneOf("lanewise.kernels", "auto", List.of("auto", "simd", "scalar")),
                Integer.parseInt(oneOf("lanewise.vectorBits", "0", List.of("128", "256", "512"))),
                threadsFromProperty());
    }

    private static String oneOf(String property, String absent, List<String> allowed) {
        String value = System.getProperty(property);
        if (value == null || value.isBlank()) {
            return absent;
        }
        if (!allowed.contains(value.strip())) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: is '%s'; it must be one of %s",
                            property,
                            value,
                            String.join(", ", allowed)));
        }
        return value.strip();
    }

    private static int threadsFromProperty() {
        String value = System.getProperty("lanewise.threads");
        int processors = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        if (value == null || value.isBlank()) {
            return processors;
        }
        try {
            int threads = Integer.parseInt(value.strip());
            if (threads >= 1 && threads <= MAX_THREADS) {
                return Math.min(threads, processors);
            }
        } catch (NumberFormatException e) {
            // falls through to the message below, which names the value
        }
        throw new IllegalArgumentException(
                String.format(
                        Locale.ROOT,
                        "lanewise.threads: is '%s'; it must be a whole number from 1 to %d",
                        value,
                        MAX_THREADS));
    }
}
