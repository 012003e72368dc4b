package io.github.lanewise.bench.report;

import java.util.List;

/** The JVM's flags of {@code examples/run}, for what is measured as it is started there. */
public final class LaunchFlags {

    public static final List<String> USUAL =
            List.of("-XX:+UseSerialGC", "-XX:-UseFPUForSpilling", "-Xms64m");

    /** A cache that does not fit is no news. */
    public static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    private LaunchFlags() {}
}
