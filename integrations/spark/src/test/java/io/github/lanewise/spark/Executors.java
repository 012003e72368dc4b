package io.github.lanewise.spark;

import java.util.Comparator;
import java.util.List;

/** The processes that this one's local cluster has started. */
final class Executors {

    private Executors() {}

    /** Returns those that run, in the order of their start. */
    static List<ProcessHandle> all() {
        return ProcessHandle.current()
                .descendants()
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains("CoarseGrainedExecutorBackend"))
                .sorted(Comparator.comparing(ProcessHandle::pid))
                .toList();
    }
}
