package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;

import java.util.List;

/** Carries parameters between our layout and PyTorch's, which has linear weights out x in. */
public final class LanewiseParameters {

    private LanewiseParameters() {}

    /** Copies values in PyTorch's layout into a model. */
    static void set(Workload workload, Layer model, List<float[]> values) {
        List<Param> parameters = List.copyOf(model.parameters().values());
        for (int i = 0; i < values.size(); i++) {
            Matrix target = parameters.get(i).value();
            boolean transposed = workload.parameterShapes().get(i).length == 2;
            float[] source = values.get(i);
            for (int row = 0; row < target.rows(); row++) {
                for (int col = 0; col < target.cols(); col++) {
                    target.data()[target.offset() + row * target.ld() + col] =
                            source[index(target, transposed, row, col)];
                }
            }
        }
    }

    /** Copies a model's values to PyTorch's layout, one parameter after the other. */
    public static float[] get(Workload workload, Layer model) {
        List<Param> parameters = List.copyOf(model.parameters().values());
        float[] all = new float[parameters.stream().mapToInt(Param::size).sum()];
        int from = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Matrix source = parameters.get(i).value();
            boolean transposed = workload.parameterShapes().get(i).length == 2;
            for (int row = 0; row < source.rows(); row++) {
                for (int col = 0; col < source.cols(); col++) {
                    all[from + index(source, transposed, row, col)] = source.at(row, col);
                }
            }
            from += source.size();
        }
        return all;
    }

    private static int index(Matrix ours, boolean transposed, int row, int col) {
        return transposed ? col * ours.rows() + row : row * ours.cols() + col;
    }
}
