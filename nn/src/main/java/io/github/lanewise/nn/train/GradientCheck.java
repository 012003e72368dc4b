package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Compares the gradients of a layer or loss with central differences.
 *
 * <p>For each element v of the inputs and parameters, the backward pass must give (f(v + h) - f(v -
 * h)) / 2h, where f is the loss, or for a layer the sum of outputs times random weights. Inputs are
 * drawn from N(0, 1). Differences of outputs are weighed and summed in double. Of several step
 * sizes the first that fits closely counts, or else the best: a large one suffers less from
 * rounding, a small one seldom crosses the kink of a {@link io.github.lanewise.nn.layer.ReLU}; and
 * each is extrapolated from the one before to a step of 0, which takes away what the curvature of a
 * deep network adds. Of arrays of more than 256 elements, 256 spread evenly are checked.
 *
 * <p>Where a kink lies closer than rounding lets a step be small, no difference is the gradient: a
 * deep network of many ReLUs is checked with a smooth activation in their place.
 */
public final class GradientCheck {

    /** Relative error from which a gradient counts as wrong. */
    public static final double TOLERANCE = 2e-3;

    /** A fit within this is far from being an error: no other step is tried. */
    private static final double CLOSE = TOLERANCE / 10;

    private static final float[] STEPS = {0x1p-4f, 0x1p-5f, 0x1p-6f, 0x1p-9f, 0x1p-12f};
    private static final int MOST_ELEMENTS = 256;

    /**
     * Errors are relative to the gradient, but at least to this and this share of the largest one.
     */
    private static final double SMALLEST_SCALE = 1e-3;

    private static final double SHARE_OF_LARGEST = 0.1;

    private final String subject;
    private final Supplier<double[]> objective;
    private Result worst;
    private int checked;

    private GradientCheck(String subject, Supplier<double[]> objective) {
        this.subject = subject;
        this.objective = objective;
    }

    /**
     * The element that fits worst.
     *
     * @param subject what was checked
     * @param array {@code inputs}, {@code predictions}, or the path of a parameter
     * @param index row-major index of the element
     * @param expected central difference
     * @param got what the backward pass gives
     * @param error |expected - got| relative to the gradient's size
     * @param checked how many elements were compared
     */
    public record Result(
            String subject,
            String array,
            int index,
            double expected,
            double got,
            double error,
            int checked) {

        /** Returns whether even the worst element is within {@link #TOLERANCE}; NaN is not. */
        public boolean passed() {
            return error <= TOLERANCE;
        }

        /** Says which element fits worst, and how badly. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "GradientCheck: %s: worst of %d: %s[%d]: backward gives %s,"
                            + " central difference %s;"
                            + " relative error %.2g, allowed %.2g",
                    subject,
                    checked,
                    array,
                    index,
                    got,
                    expected,
                    error,
                    TOLERANCE);
        }
    }

    /**
     * Checks the gradients of a layer with respect to its inputs and all its trainable parameters.
     * Leaves the parameters' values as they were.
     *
     * @param layer must give the same outputs for the same inputs
     * @param input shape of a sample
     * @param batch number of samples
     * @param seed of the inputs and the weights of the outputs
     */
    public static Result of(Layer layer, Shape input, int batch, long seed) {
        RandomStream random = new RandomStream(seed).stream("gradient check");
        Matrix inputs = gaussian(batch, input.features(), random.stream("inputs"));
        Matrix weights =
                gaussian(batch, layer.outputShape(input).features(), random.stream("weights"));
        Pass pass = layer.bind(input, Workspace.training(batch));
        Map<String, Param> parameters = layer.parameters();
        parameters.values().forEach(Param::clearGradient);
        pass.forward(inputs);
        Matrix inputGradient = pass.backward(weights);

        GradientCheck check =
                new GradientCheck(
                        Passes.brief(layer), () -> weighed(pass.forward(inputs), weights));
        check.compare("inputs", inputs, inputGradient);
        parameters.forEach(
                (path, parameter) -> {
                    if (parameter.isTrainable()) {
                        check.compare(path, parameter.value(), parameter.gradient());
                    }
                });
        return check.result();
    }

    /**
     * Checks the gradient of a loss with respect to the predictions.
     *
     * @param loss the loss
     * @param predictions shape of a sample's prediction
     * @param targets one for each sample of the batch
     * @param seed of the predictions
     */
    public static Result of(Loss loss, Shape predictions, Targets targets, long seed) {
        int batch = targets.size();
        RandomStream random = new RandomStream(seed).stream("gradient check");
        Matrix inputs = gaussian(batch, predictions.features(), random.stream("inputs"));
        LossPass pass = loss.bind(predictions, Workspace.training(batch));
        pass.forward(inputs, targets);
        // later forward calls overwrite the pass's own
        Matrix gradient = copyOf(pass.backward());

        GradientCheck check =
                new GradientCheck(
                        loss.toString(), () -> new double[] {pass.forward(inputs, targets)});
        check.compare("predictions", inputs, gradient);
        return check.result();
    }

    private Result result() {
        return new Result(
                subject, worst.array, worst.index, worst.expected, worst.got, worst.error, checked);
    }

    private void compare(String array, Matrix variable, Matrix gradient) {
        Objects.requireNonNull(gradient, () -> subject + ": backward gave no gradient of " + array);
        double largest = 0;
        for (int i = 0; i < gradient.size(); i++) {
            largest = Math.max(largest, Math.abs(element(gradient, i)));
        }
        double smallestScale = Math.max(SMALLEST_SCALE, SHARE_OF_LARGEST * largest);
        int stride = Math.ceilDiv(variable.size(), MOST_ELEMENTS);
        for (int i = 0; i < variable.size(); i += stride) {
            Result result = compare(array, variable, i, element(gradient, i), smallestScale);
            checked++;
            // negated, so that NaN counts as worst
            if (worst == null || !(result.error <= worst.error)) {
                worst = result;
            }
        }
    }

    private Result compare(String array, Matrix variable, int i, double got, double smallestScale) {
        Result best = null;
        double before = Double.NaN;
        for (int j = 0; j < STEPS.length && !(best != null && best.error <= CLOSE); j++) {
            double difference = centralDifference(variable, i, STEPS[j]);
            best = better(best, result(array, i, difference, got, smallestScale));
            if (j > 0) {
                double ratio = Math.pow(STEPS[j - 1] / STEPS[j], 2);
                double limit = (ratio * difference - before) / (ratio - 1);
                best = better(best, result(array, i, limit, got, smallestScale));
            }
            before = difference;
        }
        return best;
    }

    private Result result(String array, int i, double expected, double got, double smallestScale) {
        double scale = Math.max(smallestScale, Math.max(Math.abs(expected), Math.abs(got)));
        return new Result(subject, array, i, expected, got, Math.abs(expected - got) / scale, 1);
    }

    /** A step that left the domain of a function gives NaN, and another may not. */
    private static Result better(Result best, Result other) {
        boolean first = best == null || Double.isNaN(best.error);
        return first || other.error < best.error ? other : best;
    }

    private double centralDifference(Matrix variable, int i, float step) {
        float[] data = variable.data();
        int at = position(variable, i);
        float value = data[at];
        float above = value + step;
        float below = value - step;
        data[at] = above;
        double[] high = objective.get();
        data[at] = below;
        double[] low = objective.get();
        data[at] = value;
        double sum = 0;
        for (int j = 0; j < high.length; j++) {
            sum += high[j] - low[j];
        }
        return sum / ((double) above - below);
    }

    private static double[] weighed(Matrix outputs, Matrix weights) {
        double[] terms = new double[outputs.size()];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = (double) element(outputs, i) * element(weights, i);
        }
        return terms;
    }

    private static Matrix copyOf(Matrix matrix) {
        Matrix copy = Matrix.zeros(matrix.rows(), matrix.cols());
        for (int i = 0; i < copy.size(); i++) {
            copy.data()[i] = element(matrix, i);
        }
        return copy;
    }

    private static float element(Matrix matrix, int i) {
        return matrix.data()[position(matrix, i)];
    }

    private static int position(Matrix matrix, int i) {
        return matrix.offset() + i / matrix.cols() * matrix.ld() + i % matrix.cols();
    }

    private static Matrix gaussian(int rows, int cols, RandomStream random) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.data()[i] = (float) random.gaussian();
        }
        return matrix;
    }
}
