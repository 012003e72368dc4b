package io.github.lanewise.bench.training.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.lanewise.bench.Workload;

import java.util.ArrayList;
import java.util.List;

/** A network of DJL's being trained. */
final class DjlTraining implements Stack.Training {

    private final List<float[]> parameters;
    private final DjlNet net;
    private final List<NDArray> inputs = new ArrayList<>();
    private final List<NDArray> labels = new ArrayList<>();
    private int next;

    DjlTraining(Workload workload, Samples samples) {
        parameters = samples.parameters(workload);
        int batch = workload.batch();
        net = new DjlNet(workload, batch);
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(net.manager().create(samples.inputs(from, batch), net.input(batch)));
            labels.add(net.manager().create(samples.labels(from, batch), new Shape(batch)));
        }
        restart();
    }

    @Override
    public void restart() {
        net.restart();
        net.parameters(parameters);
        next = 0;
    }

    @Override
    public float step() {
        int batch = next;
        next = batch + 1 == inputs.size() ? 0 : batch + 1;
        // What the step makes belongs to the manager of its inputs.
        try (NDManager manager = net.manager().newSubManager()) {
            NDArray x = inputs.get(batch);
            NDArray y = labels.get(batch);
            x.tempAttach(manager);
            y.tempAttach(manager);
            return net.step(x, y);
        }
    }
}
