package io.github.lanewise.nn.callback;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stops before the step whose loss or gradients are not finite, so that the weights stay as they
 * were, and says where it began: epoch, batch, and the first layer whose outputs are not finite, or
 * the last whose gradient is not (backpropagation begins at the end).
 *
 * <p>It looks at each gradient before each step, which costs a pass over memory.
 */
public final class StopOnNaN implements TrainerCallback {

    private static final System.Logger LOG = System.getLogger(StopOnNaN.class.getName());

    private String report;

    /** Makes it. */
    public StopOnNaN() {}

    /** Returns what was found, or nothing as long as all is finite. */
    public Optional<String> report() {
        return Optional.ofNullable(report);
    }

    @Override
    public void onTrainBegin(Progress progress) {
        report = null;
    }

    @Override
    public void onStepBegin(Progress progress) {
        boolean lossIsFinite = Float.isFinite(progress.batchLoss());
        String gradient = lastNotFinite(progress.model());
        boolean sound = lossIsFinite || Double.isFinite(progress.loss());
        if (gradient == null && (sound || nothingCounts(progress.model()))) {
            return;
        }
        report =
                "epoch %s, batch %s: the loss is %s; %s"
                        .formatted(
                                progress.epoch(),
                                progress.batch(),
                                progress.batchLoss(),
                                where(progress, gradient));
        LOG.log(System.Logger.Level.WARNING, "training stops before the step: {0}", report);
        progress.stopBeforeStep();
    }

    /** Returns whether all gradients are 0: then it was of nothing that the loss is no number. */
    private static boolean nothingCounts(Layer model) {
        return model.parameters().values().stream()
                .filter(Param::hasGradient)
                .allMatch(p -> Engine.kernels().restraints().maxOfAbsolutes(p.gradient()) == 0);
    }

    private static String where(Progress progress, String gradient) {
        String outputs = firstNotFinite(progress.model(), progress.inputs());
        if (outputs != null) {
            return outputs;
        }
        return gradient == null
                ? "all gradients are finite"
                : "outputs are finite, the gradient of %s is not".formatted(gradient);
    }

    private static String lastNotFinite(Layer model) {
        List<Map.Entry<String, Param>> entries = new ArrayList<>(model.parameters().entrySet());
        for (Map.Entry<String, Param> entry : entries.reversed()) {
            Param parameter = entry.getValue();
            if (parameter.hasGradient() && !isFinite(parameter.gradient())) {
                return entry.getKey();
            }
        }
        return null;
    }

    private static boolean isFinite(Matrix x) {
        for (int i = 0; i < x.rows(); i++) {
            int at = x.offset() + i * x.ld();
            float sum = 0;
            for (int j = 0; j < x.cols(); j++) {
                sum += x.data()[at + j] * 0;
            }
            if (sum != 0) {
                return false;
            }
        }
        return true;
    }

    /** Goes through the layers of a sequence; of other models it sees the whole alone. */
    private static String firstNotFinite(Layer model, Matrix inputs) {
        if (!isFinite(inputs)) {
            return "the inputs of the batch are not finite";
        }
        if (!(model instanceof Sequential sequence)) {
            return null;
        }
        Matrix x = inputs;
        Shape shape = model.inputShape();
        shape = shape == null || shape.features() != x.cols() ? new Shape(x.cols()) : shape;
        try {
            for (int i = 0; i < sequence.layers().size(); i++) {
                Layer layer = sequence.layers().get(i);
                x = layer.bind(shape, Workspace.inference(x.rows())).forward(x);
                shape = layer.outputShape(shape);
                if (!isFinite(x)) {
                    return "the outputs of layer %s, %s, are not finite".formatted(i, layer);
                }
            }
        } catch (IllegalArgumentException e) {
            return null; // it takes samples of a shape that nobody here knows
        }
        return null;
    }
}
