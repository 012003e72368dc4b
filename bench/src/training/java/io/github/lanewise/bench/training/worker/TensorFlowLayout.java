package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.front.Convolutions;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

import java.util.ArrayList;
import java.util.List;

/**
 * Carries parameters from PyTorch's layout to TensorFlow's: linear weights in x out, windows height
 * x width x in x out, and images height x width x channels, so that the first linear layer after
 * them reads its inputs in another order.
 */
final class TensorFlowLayout {

    private TensorFlowLayout() {}

    /** Returns the parameters as tensors. */
    static List<TFloat32> tensors(Workload workload, List<float[]> parameters) {
        List<TFloat32> tensors = new ArrayList<>();
        boolean images = workload.convolutional();
        for (int i = 0; i < parameters.size(); i++) {
            int[] shape = workload.parameterShapes().get(i);
            float[] values = parameters.get(i);
            switch (shape.length) {
                case 4 -> tensors.add(windows(shape, values));
                case 2 -> {
                    tensors.add(
                            linear(shape, values, images ? Convolutions.CHANNELS.getLast() : 1));
                    images = false;
                }
                default -> tensors.add(tensor(Shape.of(shape[0]), values));
            }
        }
        return tensors;
    }

    /** Returns the shapes of {@link #tensors}. */
    static List<Shape> shapes(Workload workload) {
        List<Shape> shapes = new ArrayList<>();
        for (int[] shape : workload.parameterShapes()) {
            shapes.add(
                    switch (shape.length) {
                        case 4 -> Shape.of(shape[2], shape[3], shape[1], shape[0]);
                        case 2 -> Shape.of(shape[1], shape[0]);
                        default -> Shape.of(shape[0]);
                    });
        }
        return shapes;
    }

    static TFloat32 tensor(Shape shape, float... values) {
        return TFloat32.tensorOf(shape, DataBuffers.of(values));
    }

    /** Transposes; the inputs are channels x positions, and become positions x channels. */
    private static TFloat32 linear(int[] shape, float[] values, int channels) {
        int outs = shape[0];
        int ins = shape[1];
        int positions = ins / channels;
        float[] result = new float[values.length];
        for (int out = 0; out < outs; out++) {
            for (int in = 0; in < ins; in++) {
                int row = in % positions * channels + in / positions;
                result[row * outs + out] = values[out * ins + in];
            }
        }
        return tensor(Shape.of(ins, outs), result);
    }

    private static TFloat32 windows(int[] shape, float... values) {
        int outs = shape[0];
        int ins = shape[1];
        int taps = shape[2] * shape[3];
        float[] result = new float[values.length];
        for (int out = 0; out < outs; out++) {
            for (int in = 0; in < ins; in++) {
                for (int tap = 0; tap < taps; tap++) {
                    result[(tap * ins + in) * outs + out] = values[(out * ins + in) * taps + tap];
                }
            }
        }
        return tensor(Shape.of(shape[2], shape[3], ins, outs), result);
    }
}
