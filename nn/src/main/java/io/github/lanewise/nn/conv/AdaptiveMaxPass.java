package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/**
 * The largest values of regions, whose sizes may differ. A plain loop on the caller's thread, which
 * is the definition: as a rule it stands once at the end of a network.
 */
final class AdaptiveMaxPass implements Pass {

    private final Layer layer;
    private final Regions rows;
    private final Regions cols;
    private final boolean training;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private final int[] chosen;
    private boolean ready;

    AdaptiveMaxPass(
            Layer layer,
            Regions rows,
            Regions cols,
            Matrix outputs,
            Matrix inputGradient,
            Workspace workspace) {
        this.layer = layer;
        this.rows = rows;
        this.cols = cols;
        this.training = workspace.training();
        this.outputs = outputs;
        this.inputGradient = inputGradient;
        this.chosen = new int[outputs.size()];
    }

    @Override
    public Matrix forward(Matrix inputs) {
        int plane = rows.size() * cols.size();
        int ofPlane = rows.out() * cols.out();
        for (int at = 0; at < chosen.length; at++) {
            int i = at / outputs.cols();
            int j = at % outputs.cols();
            int row = inputs.offset() + i * inputs.ld();
            int q = j % ofPlane;
            int best =
                    largest(
                            inputs.data(),
                            row + j / ofPlane * plane,
                            q / cols.out(),
                            q % cols.out());
            chosen[at] = best - row;
            outputs.data()[at] = inputs.data()[best];
        }
        ready = true;
        return outputs;
    }

    /**
     * Returns where the largest value of a region lies, the first of equals; NaN counts as such.
     */
    private int largest(float[] x, int plane, int regionRow, int regionCol) {
        int best = plane + rows.from(regionRow) * cols.size() + cols.from(regionCol);
        for (int r = rows.from(regionRow); r < rows.to(regionRow); r++) {
            for (int c = cols.from(regionCol); c < cols.to(regionCol); c++) {
                int at = plane + r * cols.size() + c;
                if (x[at] > x[best] || Float.isNaN(x[at])) {
                    best = at;
                }
            }
        }
        return best;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? this : null);
        if (inputGradient == null) {
            return null;
        }
        Arrays.fill(inputGradient.data(), 0);
        for (int at = 0; at < chosen.length; at++) {
            int i = at / outputs.cols();
            int from = outputGradient.offset() + i * outputGradient.ld() + at % outputs.cols();
            inputGradient.data()[i * inputGradient.ld() + chosen[at]] +=
                    outputGradient.data()[from];
        }
        return inputGradient;
    }
}
