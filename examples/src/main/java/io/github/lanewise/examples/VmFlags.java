package io.github.lanewise.examples;

import com.sun.management.HotSpotDiagnosticMXBean;

import java.lang.management.ManagementFactory;

/** The flags of this JVM that cost speed. */
final class VmFlags {

    private VmFlags() {}

    /**
     * Returns whether C2 spills integers of inner loops to vector registers. It may anywhere, but
     * does so in those of products with the collectors that make do without nested loops.
     */
    static boolean spillToVectors() {
        return isOn("UseFPUForSpilling", false) && !isOn("UseCountedLoopSafepoints", true);
    }

    /** Returns whether a flag is on, or what to think if this JVM does not have it. */
    private static boolean isOn(String flag, boolean otherwise) {
        HotSpotDiagnosticMXBean bean =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return bean == null
                    ? otherwise
                    : Boolean.parseBoolean(bean.getVMOption(flag).getValue());
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
