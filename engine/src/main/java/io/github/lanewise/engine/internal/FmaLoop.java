package io.github.lanewise.engine.internal;

/** Arithmetic and nothing else: chains of fused multiply-adds that stay in registers. */
public interface FmaLoop {

    /** Returns how many floating-point operations a round does; a multiply-add counts as two. */
    int operationsPerRound();

    /** Runs so many rounds; the result depends on all of them, so that none can be left out. */
    float run(int rounds);
}
