package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;

import java.util.ArrayList;
import java.util.List;

/** A network of ours that answers; the weights are shared, what a pass remembers is each one's. */
final class LanewiseInference implements Stack.Inference {

    private final TrainedNet net;
    private final int batch;
    private final List<Matrix> inputs;
    private final Pass pass;
    private int next;

    private LanewiseInference(TrainedNet net, int batch, List<Matrix> inputs) {
        this.net = net;
        this.batch = batch;
        this.inputs = inputs;
        pass = net.model().bind(net.input(), Workspace.inference(batch));
    }

    static LanewiseInference of(Workload workload, int batch, Samples samples) {
        TrainedNet net = TrainedNet.of(workload);
        LanewiseParameters.set(workload, net.model(), samples.parameters());
        Matrix all = Matrix.of(samples.inputs(), samples.size(), workload.features());
        List<Matrix> inputs = new ArrayList<>();
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(all.rowRange(from, from + batch));
        }
        return new LanewiseInference(net, batch, inputs);
    }

    @Override
    public void run() {
        int current = next;
        next = current + 1 == inputs.size() ? 0 : current + 1;
        pass.forward(inputs.get(current));
    }

    @Override
    public float[] outputs() {
        Matrix outputs = pass.forward(inputs.getFirst());
        float[] first = new float[outputs.cols()];
        System.arraycopy(outputs.data(), outputs.offset(), first, 0, first.length);
        return first;
    }

    @Override
    public Stack.Inference forAnotherThread() {
        return new LanewiseInference(net, batch, inputs);
    }
}
