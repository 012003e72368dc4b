package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Cell;

/** The gates of recurrent steps; see {@link Cell} for the mathematics. */
public interface CellKernels {

    /** Computes samples {@code from} to {@code to}. */
    void step(Cell cell, int from, int to);
}
