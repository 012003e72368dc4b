package io.github.lanewise.engine;

import io.github.lanewise.engine.internal.FmaPeak;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.Settings;
import io.github.lanewise.engine.internal.dispatch.KernelDispatch;
import io.github.lanewise.engine.internal.scalar.ScalarFmaLoop;
import io.github.lanewise.engine.internal.selection.KernelSelector;
import io.github.lanewise.engine.internal.simd.VectorFmaLoop;

import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The kernels of this JVM, chosen once, when first asked for.
 *
 * <p>System properties, read at that moment: {@code lanewise.kernels} (auto, simd or scalar),
 * {@code lanewise.vectorBits} (128, 256 or 512; by default the widest that the CPU has) and {@code
 * lanewise.threads} (by default, and at most, the available processors). None of them changes a
 * result. Kernels that this JVM or CPU does not have throw {@link IllegalStateException}.
 *
 * <p>Its threads are daemons that take nothing from their first caller, end after some seconds
 * without work, and come back; interrupted, they end as soon as they are idle. A kernel call does
 * not react to an interruption: it completes, and its thread stays interrupted. Where a thread
 * cannot be started there are fewer, one warning, and another attempt later.
 */
public final class Engine {

    private static final Settings SETTINGS;
    private static final KernelSelector SELECTED;
    private static final KernelSource SOURCE;
    private static final KernelDispatch KERNELS;

    /** Why this JVM has no kernels, told to every caller rather than once to the first. */
    private static final RuntimeException FAILURE;

    static {
        Settings settings = null;
        KernelSelector selected = null;
        KernelSource source = null;
        KernelDispatch kernels = null;
        RuntimeException failure = null;
        try {
            settings = Settings.read();
            selected = KernelSelector.select(settings);
            source = selected.source();
            kernels = new KernelDispatch(source, settings.threads());
            warnOfSlowness(selected);
        } catch (IllegalArgumentException | IllegalStateException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IllegalStateException("Engine: the kernels did not start: " + e, e);
        }
        SETTINGS = settings;
        SELECTED = selected;
        SOURCE = source;
        KERNELS = kernels;
        FAILURE = failure;
    }

    private Engine() {}

    /** Returns the kernels; any number of threads may share them. */
    public static Kernels kernels() {
        checkStarted();
        return KERNELS;
    }

    /**
     * Returns the same kernels without their team: each call computes on its caller's thread alone,
     * with the same bits. For programs that have a thread for each request anyway, whose threads
     * would only stand in each other's way.
     */
    public static Kernels singleThreadKernels() {
        checkStarted();
        return SingleThread.KERNELS;
    }

    /** Made when first asked for. */
    private static final class SingleThread {
        static final Kernels KERNELS = new KernelDispatch(SOURCE, 1);
    }

    /**
     * Returns the same kernels, whose team takes part only in calls of some dozens of microseconds
     * or more, with the same bits. For single samples: waking a thread that sleeps between two of
     * them costs more than it helps with a short call.
     */
    public static Kernels longCallKernels() {
        checkStarted();
        return LongCalls.KERNELS;
    }

    /** Made when first asked for. */
    private static final class LongCalls {
        static final Kernels KERNELS = Engine.KERNELS.ofLongCalls();
    }

    /** Returns the name of the kernel set: simd or scalar. */
    public static String kernelSet() {
        checkStarted();
        return SELECTED.name();
    }

    /** Returns the width of the vectors in bits; 32 for scalar kernels. */
    public static int vectorBits() {
        checkStarted();
        return SELECTED.vectorBits();
    }

    /** Returns how many threads a kernel call may use, the caller's among them. */
    public static int threads() {
        checkStarted();
        return SETTINGS.threads();
    }

    /** Describes the kernel set, its width and threads, and why, one fact a line. */
    public static String describe() {
        checkStarted();
        String asked = System.getProperty("lanewise.threads");
        boolean met = asked != null && asked.strip().equals(Integer.toString(threads()));
        String threads = met ? "lanewise.threads" : "the available processors";
        String remedy = SELECTED.remedy() == null ? "" : "\nremedy   " + SELECTED.remedy();
        String faults =
                SOURCE.faults().stream()
                        .map(fault -> "\nslow     " + fault)
                        .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                """
                kernels  %s, because: %s
                width    %d bits
                threads  %d, because: %s%s\
                """,
                kernelSet(),
                SELECTED.reason(),
                vectorBits(),
                threads(),
                threads,
                remedy + faults);
    }

    /**
     * Measures the most arithmetic that these kernels could do: multiply-adds on registers alone
     * (for scalar kernels, on one short array), on all threads. Takes about a second.
     *
     * @return 10<sup>9</sup> floating-point operations per second
     */
    public static double measureFmaPeak() {
        boolean vectors = kernelSet().equals("simd");
        return FmaPeak.measure(vectors ? new VectorFmaLoop() : new ScalarFmaLoop(), threads());
    }

    private static void checkStarted() {
        if (FAILURE != null) {
            throw new IllegalStateException(FAILURE.getMessage(), FAILURE);
        }
    }

    private static void warnOfSlowness(KernelSelector selected) {
        if (selected.remedy() != null) {
            warn(
                    String.format(
                            Locale.ROOT,
                            "slow scalar kernels (same results), because %s; to fix it, %s",
                            selected.reason(),
                            selected.remedy()));
        }
    }

    private static void warn(String message) {
        System.getLogger(Engine.class.getPackageName()).log(Level.WARNING, message);
    }
}
