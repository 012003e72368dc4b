package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Answers;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Matrix;

import java.util.ArrayList;
import java.util.List;

/** A network of ours that answers; all threads share its session. */
final class LanewiseInference implements Stack.Inference {

    private final Answers answers;
    private final List<Matrix> inputs;
    private int next;

    private LanewiseInference(Answers answers, List<Matrix> inputs) {
        this.answers = answers;
        this.inputs = inputs;
    }

    static LanewiseInference of(Workload workload, int batch, Samples samples) {
        TrainedNet net = TrainedNet.of(workload);
        LanewiseParameters.set(net.model(), samples.parameters());
        Matrix all = Matrix.of(samples.inputs(), samples.size(), workload.features());
        List<Matrix> inputs = new ArrayList<>();
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(all.rowRange(from, from + batch));
        }
        return new LanewiseInference(new Answers(net, batch), inputs);
    }

    @Override
    public void run() {
        int current = next;
        next = current + 1 == inputs.size() ? 0 : current + 1;
        answers.of(inputs.get(current));
    }

    @Override
    public float[] outputs() {
        Matrix outputs = answers.of(inputs.getFirst());
        float[] first = new float[outputs.cols()];
        System.arraycopy(outputs.data(), outputs.offset(), first, 0, first.length);
        return first;
    }

    @Override
    public Stack.Inference forAnotherThread() {
        return new LanewiseInference(answers.forAnotherThread(), inputs);
    }
}
