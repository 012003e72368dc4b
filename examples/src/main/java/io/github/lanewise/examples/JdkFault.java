package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * JDK-8377811: from 25.0.0 to 25.0.2 the G1 collector can move an array that native code holds, and
 * so corrupt it.
 */
final class JdkFault {

    private static final int FAULTY = 25;
    private static final int MENDED_UPDATE = 3;

    private JdkFault() {}

    /** Returns a warning if this JVM has the fault. */
    static Optional<String> here() {
        return in(Runtime.version(), collectsWithG1());
    }

    /** Returns a warning if a version has the fault. */
    static Optional<String> in(Runtime.Version version, boolean g1) {
        boolean faulty =
                version.feature() == FAULTY
                        && version.interim() == 0
                        && version.update() < MENDED_UPDATE;
        if (!faulty) {
            return Optional.empty();
        }
        return Optional.of(
                text(
                        "JDK %d.%d.%d can corrupt arrays under the G1 collector (JDK-8377811);"
                                + " take 25.0.3 or later%s",
                        version.feature(),
                        version.interim(),
                        version.update(),
                        g1
                                ? ", or start with -XX:+UseSerialGC"
                                : "; this JVM uses another collector"));
    }

    static boolean collectsWithG1() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .anyMatch(collector -> collector.getName().startsWith("G1"));
    }
}
