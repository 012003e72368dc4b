package io.github.lanewise.serve;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.inference.InferenceSession;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * A network whose samples are tensors, such as images.
 *
 * <p>Its one input is {@code input}, numbers of any type; each becomes fma(x, scale, shift) before
 * the network takes it. Its outputs are {@code output}, what the network gives, and for classes
 * {@code label} and {@code probabilities}, the softmax of the output.
 */
public final class TensorModel implements ServedModel {

    private static final int BATCH = 256;

    private final String name;
    private final String version;
    private final InferenceSession session;
    private final float scale;
    private final float shift;
    private final List<String> labels;
    private final TensorSpec input;
    private final List<TensorSpec> outputs = new ArrayList<>();

    /**
     * Takes a network.
     *
     * @param sample shape of a sample
     * @param scale factor of each input
     * @param shift added to each input after that
     * @param labels names of the classes if the outputs are their logits; else empty
     * @throws IllegalArgumentException if the network cannot take such samples, or has not as many
     *     outputs as labels
     */
    public TensorModel(
            String name,
            Layer network,
            Shape sample,
            float scale,
            float shift,
            List<String> labels) {
        this(name, "1", InferenceSession.of(network, sample, BATCH), scale, shift, labels);
    }

    private TensorModel(
            String name,
            String version,
            InferenceSession session,
            float scale,
            float shift,
            List<String> labels) {
        this.name = name;
        this.version = version;
        this.session = session.onCallersThread();
        this.scale = scale;
        this.shift = shift;
        this.labels = List.copyOf(labels);
        Shape out = session.outputShape();
        if (!labels.isEmpty() && labels.size() != out.features()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "serve: %s: %d labels for %d outputs; there must be one for each",
                            name,
                            labels.size(),
                            out.features()));
        }
        this.input =
                new TensorSpec(
                        "input",
                        Datatype.FP32,
                        Datatype.numbers(),
                        rowsOf(session.inputShape()),
                        Map.of());
        outputs.add(new TensorSpec("output", Datatype.FP32, List.of(), rowsOf(out), Map.of()));
        if (!labels.isEmpty()) {
            outputs.add(new TensorSpec("label", Datatype.BYTES, List.of(), List.of(-1), Map.of()));
            outputs.add(
                    new TensorSpec(
                            "probabilities",
                            Datatype.FP64,
                            List.of(),
                            List.of(-1, labels.size()),
                            Map.of("labels", this.labels)));
        }
    }

    /** Returns this model under another version; the network is shared. */
    public TensorModel version(String other) {
        return new TensorModel(name, other, session, scale, shift, labels);
    }

    private static List<Integer> rowsOf(Shape sample) {
        List<Integer> shape = new ArrayList<>(List.of(-1));
        shape.addAll(sample.toList());
        return shape;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String platform() {
        return "lanewise_network";
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of(input);
    }

    @Override
    public List<TensorSpec> outputs() {
        return List.copyOf(outputs);
    }

    @Override
    public boolean takesNull() {
        return false;
    }

    @Override
    public List<Tensor> infer(int rows, List<Tensor> inputs, Observer observer) {
        int width = session.inputShape().features();
        Matrix samples = Matrix.zeros(rows, width);
        float[] data = samples.data();
        List<?> values = inputs.getFirst().values();
        for (int i = 0; i < rows * width; i++) {
            data[i] = Math.fma(number(values.get(i), i / width), scale, shift);
        }
        Matrix results = Matrix.zeros(rows, session.outputShape().features());
        for (int from = 0; from < rows; from += BATCH) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("nobody waits for the result any more");
            }
            int to = Math.min(from + BATCH, rows);
            session.predict(samples.rowRange(from, to), results.rowRange(from, to));
        }
        return tensors(rows, results, observer);
    }

    private static float number(Object value, int row) {
        if (value instanceof Number number) {
            return number.floatValue();
        }
        throw new IllegalArgumentException(
                String.format(
                        Locale.ROOT,
                        "predict: row %d: '%s' is no number; give numbers",
                        row,
                        value));
    }

    private List<Tensor> tensors(int rows, Matrix results, Observer observer) {
        int classes = results.cols();
        List<Float> raw = new ArrayList<>(rows * classes);
        for (float value : results.data()) {
            raw.add(value);
        }
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(new Tensor("output", Datatype.FP32, shape(rows, outputs.getFirst()), raw));
        if (labels.isEmpty()) {
            return tensors;
        }
        List<String> names = new ArrayList<>(rows);
        List<Double> probabilities = new ArrayList<>(rows * classes);
        for (int i = 0; i < rows; i++) {
            float[] logits = Arrays.copyOfRange(results.data(), i * classes, (i + 1) * classes);
            String label = labels.get(softmax(logits, probabilities));
            names.add(label);
            observer.predicted(label);
        }
        tensors.add(new Tensor("label", Datatype.BYTES, List.of(rows), names));
        tensors.add(
                new Tensor("probabilities", Datatype.FP64, List.of(rows, classes), probabilities));
        return tensors;
    }

    /** Adds the probabilities; returns the place of the highest, the first of equal ones. */
    private static int softmax(float[] logits, List<Double> into) {
        int best = 0;
        for (int j = 1; j < logits.length; j++) {
            best = logits[j] > logits[best] ? j : best;
        }
        double[] powers = new double[logits.length];
        double sum = 0;
        for (int j = 0; j < logits.length; j++) {
            powers[j] = StrictMath.exp((double) logits[j] - logits[best]);
            sum += powers[j];
        }
        for (double power : powers) {
            into.add(power / sum);
        }
        return best;
    }

    private static List<Integer> shape(int rows, TensorSpec spec) {
        List<Integer> shape = new ArrayList<>(spec.shape());
        shape.set(0, rows);
        return shape;
    }
}
