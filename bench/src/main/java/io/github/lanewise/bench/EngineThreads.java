package io.github.lanewise.bench;

import io.github.lanewise.engine.Engine;

/** The thread count of this JVM's engine, which is set when it starts. */
final class EngineThreads {

    private EngineThreads() {}

    /** Refuses a benchmark that would run on other threads than its table says. */
    static void require(int threads) {
        if (Engine.threads() != threads) {
            throw new IllegalStateException(
                    "threads: is %d, but the engine has %d; add -jvmArgsPrepend -Dlanewise.threads=%d"
                            .formatted(threads, Engine.threads(), threads));
        }
    }
}
