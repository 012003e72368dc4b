package io.github.lanewise.bench.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The thread count of one OpenMP library; each such library in a process has its own. */
final class OpenMp {

    private final MethodHandle setThreads;
    private final MethodHandle getThreads;

    /** Finds the functions in a library that is loaded already. */
    @SuppressWarnings("restricted")
    OpenMp(Path library) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
        Linker linker = Linker.nativeLinker();
        setThreads =
                linker.downcallHandle(
                        symbols.findOrThrow("omp_set_num_threads"),
                        FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
        getThreads =
                linker.downcallHandle(
                        symbols.findOrThrow("omp_get_max_threads"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    /** Sets how many threads parallel regions that the calling thread opens may use. */
    void threads(int count) {
        try {
            setThreads.invokeExact(count);
            int actual = (int) getThreads.invokeExact();
            if (actual != count) {
                throw new IllegalStateException(
                        "OpenMP: has %d threads, asked for %d".formatted(actual, count));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("OpenMP: cannot set threads", e);
        }
    }
}
