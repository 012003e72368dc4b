package io.github.lanewise.bench;

import io.github.lanewise.bench.front.Sequences;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.train.TrainingStep;

import java.util.List;

/** A network bound to its batch: forward, loss, backward, update, on one batch at a time. */
public final class BoundNet {

    private final TrainedNet net;
    private final List<Param> parameters;
    private TrainingStep step;

    /** Binds a network. */
    public BoundNet(TrainedNet net) {
        this.net = net;
        parameters = List.copyOf(net.model().parameters().values());
        restart();
    }

    /** Takes a step and returns the loss before it. */
    public float run(OurBatch batch) {
        return batch.lengths() == null
                ? step.run(batch.inputs(), batch.targets())
                : step.run(batch.inputs(), batch.targets(), batch.lengths());
    }

    /** Forgets what the optimizer remembers of earlier steps. */
    public void restart() {
        Layer model = net.model();
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        step =
                net.front() instanceof Sequences
                        ? TrainingStep.ofSequences(
                                model, loss, net.optimizer(), net.input(), net.batch())
                        : new TrainingStep(model, loss, net.optimizer(), net.input(), net.batch());
    }

    /** Sets the probability of being dropped in all dropout layers. */
    public void dropout(float p) {
        dropout(net.model(), p);
    }

    private static void dropout(Layer layer, float p) {
        if (layer instanceof Dropout dropout) {
            dropout.p(p);
        }
        layer.children().values().forEach(child -> dropout(child, p));
    }

    /** Returns a hash of the bits of all parameters. */
    int hash() {
        int hash = 1;
        for (Param parameter : parameters) {
            hash = Hash.of(hash, parameter.value());
        }
        return hash;
    }
}
