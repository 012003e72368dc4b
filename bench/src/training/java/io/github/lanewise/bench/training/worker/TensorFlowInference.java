package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

import java.util.ArrayList;
import java.util.List;

/** A network of TensorFlow's that answers, its weights constants; copies the outputs. */
final class TensorFlowInference implements Stack.Inference {

    private final Session session;
    private final Placeholder<TFloat32> input;
    private final Operand<TFloat32> logits;
    private final List<TFloat32> inputs;
    private final float[] last;
    private int next;

    private TensorFlowInference(
            Session session,
            Placeholder<TFloat32> input,
            Operand<TFloat32> logits,
            List<TFloat32> inputs,
            int outputs) {
        this.session = session;
        this.input = input;
        this.logits = logits;
        this.inputs = inputs;
        last = new float[outputs];
    }

    static TensorFlowInference of(
            Workload workload, int batch, Samples samples, ConfigProto config) {
        Graph graph = new Graph();
        Ops tf = Ops.create(graph);
        List<Operand<TFloat32>> constants = new ArrayList<>();
        for (TFloat32 tensor : TensorFlowLayout.tensors(workload, samples.parameters(workload))) {
            constants.add(tf.constantOf(tensor));
        }
        Placeholder<TFloat32> input = tf.placeholder(TFloat32.class);
        Operand<TFloat32> logits = new TensorFlowNet(tf, workload, constants).logits(input);
        List<TFloat32> inputs = new ArrayList<>();
        Shape shape = Shape.of(batch, workload.features());
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(TensorFlowLayout.tensor(shape, samples.inputs(from, batch)));
        }
        Session session = new Session(graph, config);
        int outputs = batch * workload.classes();
        return new TensorFlowInference(session, input, logits, inputs, outputs);
    }

    @Override
    public void run() {
        int current = next;
        next = current + 1 == inputs.size() ? 0 : current + 1;
        predict(current);
    }

    private void predict(int batch) {
        try (Result result = session.runner().feed(input, inputs.get(batch)).fetch(logits).run()) {
            ((TFloat32) result.get(0)).copyTo(DataBuffers.of(last, false, false));
        }
    }

    @Override
    public float[] outputs() {
        predict(0);
        float[] first = new float[last.length / (int) inputs.getFirst().shape().get(0)];
        System.arraycopy(last, 0, first, 0, first.length);
        return first;
    }

    @Override
    public Stack.Inference forAnotherThread() {
        return new TensorFlowInference(session, input, logits, inputs, last.length);
    }
}
