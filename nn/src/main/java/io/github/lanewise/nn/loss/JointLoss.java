package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.Passes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The weighted sum of a loss for each output of a {@link Model}: w<sub>0</sub> loss<sub>0</sub> +
 * w<sub>1</sub> loss<sub>1</sub> + ..., as fma, in this order, without those of weight 0. Targets
 * are {@link Targets.Several}, one for each output. One of a single shape, that of all outputs side
 * by side in a row, has one loss for them all.
 *
 * @param outputs shapes of a sample of each output
 * @param losses one for each output
 * @param weights one for each output, each 0 or more
 */
public record JointLoss(List<Shape> outputs, List<Loss> losses, List<Float> weights)
        implements Loss {

    /**
     * Checks that there are as many losses and weights as outputs.
     *
     * @throws IllegalArgumentException if not, or a weight is negative, NaN or infinite
     */
    public JointLoss {
        outputs = List.copyOf(outputs);
        losses = List.copyOf(losses);
        weights = List.copyOf(weights);
        if (losses.size() != outputs.size() || weights.size() != outputs.size()) {
            throw new IllegalArgumentException(
                    "JointLoss: %s losses and %s weights for %s outputs; give one for each"
                            .formatted(losses.size(), weights.size(), outputs.size()));
        }
        for (float weight : weights) {
            if (!(weight >= 0 && Float.isFinite(weight))) {
                throw new IllegalArgumentException(
                        "JointLoss: weight is %s; it must be 0 or more".formatted(weight));
            }
        }
    }

    /** Joins losses of equal weight 1, one for each output of a model. */
    public static JointLoss of(Model model, Loss... losses) {
        return new JointLoss(
                model.outputShapes(), List.of(losses), Collections.nCopies(losses.length, 1f));
    }

    /** Returns this loss with other weights. */
    public JointLoss weights(float... numbers) {
        List<Float> given = new ArrayList<>();
        for (float number : numbers) {
            given.add(number);
        }
        return new JointLoss(outputs, losses, given);
    }

    @Override
    public LossPass bind(Shape predictions, Workspace workspace) {
        Columns columns = new Columns(outputs);
        boolean fits =
                outputs.size() == 1
                        ? predictions.equals(outputs.getFirst())
                        : predictions.equals(new Shape(columns.features()));
        if (!fits) {
            throw new IllegalArgumentException(
                    "JointLoss: predictions are %s; the losses are for %s side by side"
                            .formatted(predictions, outputs));
        }
        return new JointPass(this, workspace);
    }

    @Override
    public LossPass bind(List<Shape> given, Workspace workspace) {
        for (int i = 0; given.size() == outputs.size() && i < given.size(); i++) {
            if (given.get(i).features() != outputs.get(i).features()) {
                throw new IllegalArgumentException(
                        ("JointLoss: output %s of the model is %s, its loss is for %s; give the"
                                        + " losses in the order of the outputs")
                                .formatted(i, given.get(i), outputs.get(i)));
            }
        }
        return bind(new Shape(new Columns(given).features()), workspace);
    }

    private static final class JointPass implements PartialLossPass {

        private final List<LossPass> passes = new ArrayList<>();
        private final float[] weights;
        private final int[] counters;
        private final float[] shares;
        private final double[] own;
        private final Columns predictions;
        private final Workspace workspace;
        private final Columns gradients;
        private final Matrix gradient;
        private double last;
        private int rows;
        private boolean ready;

        JointPass(JointLoss loss, Workspace workspace) {
            this.workspace = workspace;
            this.predictions = new Columns(loss.outputs);
            this.gradients = new Columns(loss.outputs);
            this.weights = new float[loss.losses.size()];
            this.counters = new int[weights.length + 1];
            this.shares = new float[weights.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = loss.weights.get(i);
                passes.add(bind(loss, i, workspace));
                boolean partial = passes.get(i) instanceof PartialLossPass;
                int count = partial ? ((PartialLossPass) passes.get(i)).counters() : 1;
                counters[i + 1] = counters[i] + count;
            }
            this.own = new double[counters()];
            this.gradient =
                    workspace.training()
                            ? Matrix.zeros(workspace.batch(), gradients.features())
                            : null;
        }

        private static LossPass bind(JointLoss loss, int i, Workspace workspace) {
            try {
                return loss.losses.get(i).bind(loss.outputs.get(i), workspace);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "JointLoss[%s] %s".formatted(i, e.getMessage()), e);
            }
        }

        private Targets.Several parts(Targets targets) {
            if (!(targets instanceof Targets.Several several)
                    || several.parts().size() != weights.length) {
                throw new IllegalArgumentException(
                        "JointLoss: targets are not of %s parts; give Targets.several(...)"
                                .formatted(weights.length));
            }
            return several;
        }

        @Override
        public int counters() {
            return counters[weights.length];
        }

        @Override
        public void count(Targets targets, double[] counts, int from) {
            List<Targets> parts = parts(targets).parts();
            for (int i = 0; i < weights.length; i++) {
                if (passes.get(i) instanceof PartialLossPass partial) {
                    partial.count(parts.get(i), counts, from + counters[i]);
                } else {
                    counts[from + counters[i]] += parts.get(i).size();
                }
            }
        }

        @Override
        public void check(Targets targets) {
            List<Targets> parts = parts(targets).parts();
            for (int i = 0; i < weights.length; i++) {
                passes.get(i).check(parts.get(i));
            }
        }

        @Override
        public float forward(Matrix joint, Targets targets) {
            Arrays.fill(own, 0);
            count(targets, own, 0);
            return forward(joint, targets, own, 0);
        }

        @Override
        public float forward(Matrix joint, Targets targets, double[] counts, int from) {
            List<Targets> parts = parts(targets).parts();
            Matrix[] windows = predictions.split(joint);
            float sum = 0;
            last = 0;
            for (int i = 0; i < weights.length; i++) {
                float loss;
                double mean;
                if (passes.get(i) instanceof PartialLossPass partial) {
                    loss = partial.forward(windows[i], parts.get(i), counts, from + counters[i]);
                    shares[i] = 1;
                    mean = partial.weight() == 0 ? 0 : partial.sum() / partial.weight();
                    loss = partial.weight() == 0 && partial.sum() == 0 ? 0 : loss;
                } else {
                    mean = passes.get(i).forward(windows[i], parts.get(i));
                    shares[i] = (float) (parts.get(i).size() / counts[from + counters[i]]);
                    loss = shares[i] * (float) mean;
                }
                sum = weights[i] == 0 ? sum : Math.fma(weights[i], loss, sum);
                last = weights[i] == 0 ? last : last + weights[i] * mean;
            }
            rows = targets.size();
            ready = true;
            return sum;
        }

        @Override
        public double sum() {
            return last * rows;
        }

        @Override
        public double weight() {
            return rows;
        }

        @Override
        public double judged(Targets targets) {
            return NO_ACCURACY;
        }

        @Override
        public Matrix backward() {
            Passes.requireForward("JointLoss", workspace.training(), ready ? this : null);
            Matrix[] windows = gradients.split(gradient);
            for (int i = 0; i < weights.length; i++) {
                Kernels kernels = workspace.kernels();
                kernels.activate(Activation.IDENTITY, passes.get(i).backward(), windows[i]);
                kernels.scale(weights[i] * shares[i], windows[i]);
            }
            return gradient;
        }
    }
}
