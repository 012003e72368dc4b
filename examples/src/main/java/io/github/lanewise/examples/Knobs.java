package io.github.lanewise.examples;

import io.github.lanewise.engine.Engine;

/** Sets and checks the engine's system properties before the first kernel runs. */
final class Knobs {

    private Knobs() {}

    /** Sets the number of threads; null leaves it as it is. Must come before the engine starts. */
    static void threads(Integer threads) {
        if (threads != null) {
            BadInput.require(threads >= 1 && threads <= 1024, "--threads", threads, "1 to 1024");
            System.setProperty("lanewise.threads", threads.toString());
        }
    }

    /** Starts the engine, so that a property that it cannot follow is named before any work. */
    static void check() {
        try {
            Engine.kernels();
        } catch (IllegalStateException e) {
            throw new BadInput(e.getMessage());
        }
    }
}
