package io.github.lanewise.bench.training.worker;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;

import io.github.lanewise.bench.Workload;

import java.util.ArrayList;
import java.util.List;

/** A network of DJL's that answers, by a predictor; copies the outputs into a Java array. */
final class DjlInference implements Stack.Inference {

    private final DjlNet net;
    private final List<NDArray> inputs;
    private final Predictor<NDList, NDList> predictor;
    private float[] last;
    private int next;

    private DjlInference(DjlNet net, List<NDArray> inputs) {
        this.net = net;
        this.inputs = inputs;
        predictor = net.model().newPredictor(new NoopTranslator());
    }

    static DjlInference of(Workload workload, int batch, Samples samples) {
        DjlNet net = new DjlNet(workload, batch);
        net.parameters(samples.parameters(workload));
        NDManager manager = net.manager();
        List<NDArray> inputs = new ArrayList<>();
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(manager.create(samples.inputs(from, batch), net.input(batch)));
        }
        return new DjlInference(net, inputs);
    }

    @Override
    public void run() {
        int current = next;
        next = current + 1 == inputs.size() ? 0 : current + 1;
        predict(current);
    }

    private void predict(int batch) {
        try (NDList outputs = predictor.predict(new NDList(inputs.get(batch)))) {
            last = outputs.getFirst().toFloatArray();
        } catch (TranslateException e) {
            throw new IllegalStateException("DJL: the prediction failed", e);
        }
    }

    @Override
    public float[] outputs() {
        predict(0);
        float[] first = new float[last.length / (int) inputs.getFirst().getShape().get(0)];
        System.arraycopy(last, 0, first, 0, first.length);
        return first;
    }

    @Override
    public Stack.Inference forAnotherThread() {
        return new DjlInference(net, inputs);
    }
}
