package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.BoundNet;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;

import java.util.ArrayList;
import java.util.List;

/** A network of ours being trained; batches are windows onto the samples. */
final class LanewiseTraining implements Stack.Training {

    private final Workload workload;
    private final Samples samples;
    private final TrainedNet net;
    private final BoundNet step;
    private final List<Matrix> inputs = new ArrayList<>();
    private final List<Targets> targets = new ArrayList<>();
    private int next;

    LanewiseTraining(Workload workload, Samples samples) {
        this.workload = workload;
        this.samples = samples;
        net = TrainedNet.of(workload);
        step = new BoundNet(net);
        int batch = net.batch();
        Matrix all = Matrix.of(samples.inputs(), samples.size(), workload.features());
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(all.rowRange(from, from + batch));
            targets.add(Targets.labels(samples.labels(from, batch)));
        }
        restart();
    }

    @Override
    public void restart() {
        LanewiseParameters.set(workload, net.model(), samples.parameters());
        step.restart();
        next = 0;
    }

    @Override
    public float step() {
        int batch = next;
        next = batch + 1 == inputs.size() ? 0 : batch + 1;
        return step.run(inputs.get(batch), targets.get(batch));
    }
}
