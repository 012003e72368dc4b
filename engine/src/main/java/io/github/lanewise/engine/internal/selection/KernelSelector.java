package io.github.lanewise.engine.internal.selection;

import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.Settings;
import io.github.lanewise.engine.internal.plain.PlainKernels;
import io.github.lanewise.engine.internal.scalar.ScalarKernels;
import io.github.lanewise.engine.internal.simd.SimdKernels;
import io.github.lanewise.engine.internal.simd.support.VectorWidth;
import io.github.lanewise.engine.internal.warmup.WarmUp;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Decides once which kernel set this JVM gets, by a straight list of guards.
 *
 * @param name of the chosen set: scalar or simd
 * @param vectorBits width of its vectors; 32 for scalar kernels
 * @param maker makes the set
 * @param warmUp whether plain loops stand in for it until it is compiled
 * @param reason why it was chosen
 * @param remedy what to do to get vectors, or null where there is nothing to fix
 */
public record KernelSelector(
        String name,
        int vectorBits,
        Supplier<KernelSet> maker,
        boolean warmUp,
        String reason,
        String remedy) {

    private static final String MODULE = "jdk.incubator.vector";

    private static final String ADD_MODULE = "start java with --add-modules " + MODULE;

    /**
     * Chooses by the settings, the module and the CPU.
     *
     * @throws IllegalStateException if the settings ask for what this JVM or CPU does not have
     */
    public static KernelSelector select(Settings settings) {
        return select(settings, Fma.isInHardware());
    }

    /** Chooses where fused multiply-add is an instruction, or is not. */
    static KernelSelector select(Settings settings, boolean fmaInHardware) {
        if (settings.kernels().equals("scalar")) {
            return scalar(ScalarKernels::create, "lanewise.kernels=scalar", null);
        }
        String forced = forcedBy(settings);
        if (!fmaInHardware) {
            return without(
                    forced,
                    "this CPU or JVM has no fused multiply-add",
                    "run without -XX:-UseFMA, on a CPU that has it: x86 since 2013, every 64-bit"
                            + " ARM");
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return without(forced, "module " + MODULE + " is not in this JVM", ADD_MODULE);
        }
        if (!VectorWidth.isCompiled()) {
            return without(
                    forced,
                    "this JVM does not compile vector code",
                    "run without -Xint and -XX:TieredStopAtLevel, on a JVM with the C2 compiler");
        }
        int widest = VectorWidth.widest();
        if (settings.vectorBits() > widest) {
            throw new IllegalStateException(
                    String.format(
                            Locale.ROOT,
                            "lanewise.vectorBits: is %d; this CPU and JVM have vectors of at most"
                                    + " %d bits",
                            settings.vectorBits(),
                            widest));
        }
        String reason =
                settings.vectorBits() != 0
                        ? "lanewise.vectorBits=" + settings.vectorBits()
                        : "the widest vectors of this CPU and JVM";
        boolean warmUp = !settings.kernels().equals("simd");
        int bits = settings.vectorBits() != 0 ? settings.vectorBits() : widest;
        return new KernelSelector("simd", bits, SimdKernels::create, warmUp, reason, null);
    }

    private static KernelSelector scalar(Supplier<KernelSet> maker, String reason, String remedy) {
        return new KernelSelector("scalar", Float.SIZE, maker, false, reason, remedy);
    }

    /** Makes the chosen set. */
    public KernelSet set() {
        return maker.get();
    }

    /**
     * Starts the chosen kernels. SIMD kernels that nobody asked for by name warm up in the
     * background, behind plain loops; asked for by name, they run from the first call on.
     */
    public KernelSource source() {
        if (warmUp) {
            return WarmUp.start(PlainKernels.create(), maker);
        }
        KernelSet set = set();
        return family -> set;
    }

    /** Returns the setting that allows vectors alone, or null if scalar kernels will do. */
    private static String forcedBy(Settings settings) {
        if (settings.vectorBits() != 0) {
            return String.format(
                    Locale.ROOT, "lanewise.vectorBits: %d were", settings.vectorBits());
        }
        return settings.kernels().equals("simd") ? "lanewise.kernels: simd was" : null;
    }

    private static KernelSelector without(String forced, String lack, String remedy) {
        if (forced != null) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s asked for, but %s; %s", forced, lack, remedy));
        }
        return scalar(PlainKernels::create, lack, remedy);
    }
}
