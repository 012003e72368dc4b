package io.github.lanewise.bench.training.worker;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;

/** Carries parameters between our layout and PyTorch's, which has linear weights out x in. */
public final class LanewiseParameters {

    private LanewiseParameters() {}

    /** Copies values in PyTorch's layout, one parameter after the other, into a model. */
    static void set(Layer model, float... all) {
        int from = 0;
        for (Param parameter : model.parameters().values()) {
            Matrix target = parameter.value();
            for (int row = 0; row < target.rows(); row++) {
                for (int col = 0; col < target.cols(); col++) {
                    target.data()[target.offset() + row * target.ld() + col] =
                            all[from + index(parameter, row, col)];
                }
            }
            from += parameter.size();
        }
    }

    /** Copies a model's values to PyTorch's layout, one parameter after the other. */
    public static float[] get(Layer model) {
        int size = model.parameters().values().stream().mapToInt(Param::size).sum();
        float[] all = new float[size];
        int from = 0;
        for (Param parameter : model.parameters().values()) {
            Matrix source = parameter.value();
            for (int row = 0; row < source.rows(); row++) {
                for (int col = 0; col < source.cols(); col++) {
                    all[from + index(parameter, row, col)] = source.at(row, col);
                }
            }
            from += parameter.size();
        }
        return all;
    }

    private static int index(Param ours, int row, int col) {
        return ours.isSavedTransposed() ? col * ours.rows() + row : row * ours.cols() + col;
    }
}
