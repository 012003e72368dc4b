package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.front.Convolutions;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

import java.util.List;

/** Writes a workload's network into a graph, from inputs to logits. */
final class TensorFlowNet {

    private static final String NO_PADDING = "VALID";

    private final Ops tf;
    private final Workload workload;
    private final List<? extends Operand<TFloat32>> parameters;

    /** Takes parameters in TensorFlow's layout: see {@link TensorFlowLayout}. */
    TensorFlowNet(Ops tf, Workload workload, List<? extends Operand<TFloat32>> parameters) {
        this.tf = tf;
        this.workload = workload;
        this.parameters = parameters;
    }

    /** Returns the logits of rows of features. */
    Operand<TFloat32> logits(Operand<TFloat32> inputs) {
        Operand<TFloat32> x = workload.convolutional() ? features(inputs) : inputs;
        for (int i = firstLinear(); i < parameters.size(); i += 2) {
            x = tf.nn.biasAdd(tf.linalg.matMul(x, parameters.get(i)), parameters.get(i + 1));
            if (i + 2 < parameters.size()) {
                x = tf.nn.relu(x);
            }
        }
        return x;
    }

    private int firstLinear() {
        return workload.convolutional() ? 2 * Convolutions.CHANNELS.size() : 0;
    }

    private Operand<TFloat32> features(Operand<TFloat32> inputs) {
        Operand<TInt32> pool = tf.constant(new int[] {1, 2, 2, 1});
        Operand<TFloat32> x =
                tf.reshape(
                        inputs,
                        tf.constant(new int[] {-1, Convolutions.IMAGE, Convolutions.IMAGE, 1}));
        for (int i = 0; i < firstLinear(); i += 2) {
            x = tf.nn.conv2d(x, parameters.get(i), List.of(1L, 1L, 1L, 1L), NO_PADDING);
            x = tf.nn.relu(tf.nn.biasAdd(x, parameters.get(i + 1)));
            x = tf.nn.maxPool(x, pool, pool, NO_PADDING);
        }
        return tf.reshape(x, tf.constant(new int[] {-1, workload.widths()[0]}));
    }
}
