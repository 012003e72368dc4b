package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.BoundNet;
import io.github.lanewise.bench.OurBatch;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.front.Tabular;

import java.util.List;

/** A network of ours being trained; batches are windows onto the samples. */
final class LanewiseTraining implements Stack.Training {

    private final Samples samples;
    private final TrainedNet net;
    private final BoundNet step;
    private final List<OurBatch> batches;
    private int next;

    LanewiseTraining(Workload workload, Samples samples) {
        this.samples = samples;
        net = TrainedNet.of(workload);
        step = new BoundNet(net);
        batches = OurBatch.cut(net, samples.inputs(), samples.labels(), samples.lengths());
        restart();
    }

    @Override
    public void restart() {
        LanewiseParameters.set(net.model(), samples.parameters());
        step.restart();
        next = 0;
    }

    @Override
    public void dropout(boolean on) {
        if (net.front() instanceof Tabular table) {
            step.dropout(on ? table.dropout() : 0);
        }
    }

    @Override
    public float step() {
        int batch = next;
        next = batch + 1 == batches.size() ? 0 : batch + 1;
        return step.run(batches.get(batch));
    }
}
