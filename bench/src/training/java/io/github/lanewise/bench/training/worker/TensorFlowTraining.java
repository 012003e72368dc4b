package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

import java.util.ArrayList;
import java.util.List;

/** A network of TensorFlow's being trained. */
final class TensorFlowTraining implements Stack.Training {

    private final TensorFlowStep step;
    private final List<TFloat32> parameters;
    private final List<TFloat32> inputs = new ArrayList<>();
    private final List<TInt32> labels = new ArrayList<>();
    private int next;

    TensorFlowTraining(Workload workload, Samples samples, ConfigProto config) {
        step = new TensorFlowStep(workload, false, config);
        parameters = TensorFlowLayout.tensors(workload, samples.parameters(workload));
        int batch = workload.batch();
        Shape shape = Shape.of(batch, workload.features());
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(TensorFlowLayout.tensor(shape, samples.inputs(from, batch)));
            labels.add(TInt32.vectorOf(samples.labels(from, batch)));
        }
        restart();
    }

    @Override
    public void restart() {
        step.restart(parameters);
        next = 0;
    }

    @Override
    public float step() {
        int batch = next;
        next = batch + 1 == inputs.size() ? 0 : batch + 1;
        return step.run(inputs.get(batch), labels.get(batch));
    }
}
