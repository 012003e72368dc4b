package io.github.lanewise.examples;

import com.sun.management.HotSpotDiagnosticMXBean;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The flags of this JVM that cost speed. */
final class VmFlags {

    private static final int C2 = 4;

    private VmFlags() {}

    /** Names each flag that keeps C2 from compiling vector code well, with what to do. */
    static List<String> slow() {
        List<String> lines = new ArrayList<>();
        if (System.getProperty("java.vm.info", "").contains("interpreted")) {
            lines.add("this JVM only interprets; start it without -Xint");
        }
        if (Integer.parseInt(value("TieredStopAtLevel", "4")) < C2) {
            lines.add("C2 is off; start the JVM without -XX:TieredStopAtLevel and -client");
        }
        if (!isOn("EnableVectorSupport", true)) {
            lines.add("C2 may not compile vectors; start without -XX:-EnableVectorSupport");
        }
        if (!isOn("UseFMA", true)) {
            lines.add(
                    "no fused multiply-add; x86 has it since 2013, every 64-bit ARM, the JVM"
                            + " unless -XX:-UseFMA");
        }
        return lines;
    }

    /**
     * Returns whether C2 spills integers of inner loops to vector registers. It may anywhere, but
     * does so in those of products with the collectors that make do without nested loops.
     */
    static boolean spillToVectors() {
        return isOn("UseFPUForSpilling", false) && !isOn("UseCountedLoopSafepoints", true);
    }

    private static boolean isOn(String flag, boolean otherwise) {
        return Boolean.parseBoolean(value(flag, Boolean.toString(otherwise)));
    }

    /** Returns a flag's value, or what to think if this JVM does not have the flag. */
    private static String value(String flag, String otherwise) {
        HotSpotDiagnosticMXBean bean =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return bean == null ? otherwise : bean.getVMOption(flag).getValue();
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}
