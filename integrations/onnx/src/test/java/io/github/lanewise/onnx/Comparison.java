package io.github.lanewise.onnx;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.model.ModelFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a file is to us beside what it is to ONNX Runtime; as a program, for files on a command
 * line.
 *
 * @param most the largest difference over all outputs
 * @param size the largest number in them
 */
record Comparison(double most, double size) {

    private static final int BATCH = 3;

    /** Whole numbers that are inputs are below it. */
    private static final int IDS = 5;

    public static void main(String[] files) {
        int failures = 0;
        for (String file : files) {
            String found;
            try {
                Comparison c = of(Path.of(file));
                failures += c.isClose() ? 0 : 1;
                found = "%.2e of %.2e%s".formatted(c.most, c.size, c.isClose() ? "" : " DIFFERS");
            } catch (IOException | RuntimeException e) {
                failures++;
                found = e.toString();
                if (System.getenv("TRACE") != null) {
                    e.printStackTrace(System.out);
                }
            }
            System.out.printf("%-36s %s%n", Path.of(file).getFileName(), found);
        }
        System.out.println(failures + " of " + files.length + " failed");
    }

    boolean isClose() {
        return most <= 2e-5 * Math.max(1, size);
    }

    static Comparison of(Path file) throws IOException {
        return of(OnnxImport.of(file), file);
    }

    /** Asks both for the same random samples. */
    static Comparison of(OnnxImport source, Path file) throws IOException {
        ModelFile made = source.open();
        Model model = (Model) made.model();
        Map<String, OnnxValueInfo> infos = new LinkedHashMap<>();
        OnnxGraph graph = OnnxFile.read(file).graph();
        graph.inputs().forEach(info -> infos.put(info.name(), info));
        graph.outputs().forEach(info -> infos.put(info.name(), info));
        Random random = new Random(5);
        List<OnnxDimension> first = infos.get(made.inputNames().getFirst()).shape();
        boolean open = first.stream().anyMatch(d -> d.size() < 0);
        int batch = open ? BATCH : (int) first.getFirst().size();
        Matrix inputs = Matrix.zeros(batch, model.inputShape().features());
        Map<String, Ort.Array> arrays = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < made.inputNames().size(); i++) {
            OnnxValueInfo info = infos.get(made.inputNames().get(i));
            int features = model.inputShapes().get(i).features();
            arrays.put(info.name(), input(info, features, batch, random, inputs, at));
            at += features;
        }
        Matrix outputs = InferenceSession.of(model, batch).predict(inputs);
        Map<String, float[]> theirs = Ort.run(file, arrays);
        String name =
                first.stream()
                        .map(OnnxDimension::name)
                        .filter(n -> !n.isEmpty())
                        .findFirst()
                        .orElse("");
        theirs.replaceAll((output, numbers) -> batchFirst(infos.get(output), name, batch, numbers));
        return of(made.outputNames(), model.splitOutputs(outputs), theirs);
    }

    private static Ort.Array input(
            OnnxValueInfo info, int features, int batch, Random random, Matrix inputs, int at) {
        boolean whole = info.type().isInteger();
        long[] shape = new long[info.shape().size()];
        int axis = 0;
        while (axis < shape.length && info.shape().get(axis).size() >= 0) {
            axis++;
        }
        axis = axis == shape.length ? 0 : axis;
        int inner = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            shape[d] = d == axis ? batch : info.shape().get(d).size();
            inner *= d > axis ? (int) shape[d] : 1;
        }
        float[] reals = new float[batch * features];
        long[] ids = new long[batch * features];
        for (int s = 0; s < batch; s++) {
            for (int j = 0; j < features; j++) {
                int id = random.nextInt(IDS);
                int to = j / inner * batch * inner + s * inner + j % inner;
                reals[to] = whole ? id : (float) random.nextGaussian();
                ids[to] = id;
                inputs.data()[s * inputs.ld() + at + j] = reals[to];
            }
        }
        Object numbers =
                switch (info.type()) {
                    case INT64 -> ids;
                    case INT32 -> Arrays.stream(ids).mapToInt(id -> (int) id).toArray();
                    default -> reals;
                };
        return new Ort.Array(numbers, shape);
    }

    /** Brings the batch in front, if the file says that it is another axis. */
    private static float[] batchFirst(OnnxValueInfo info, String name, int batch, float[] numbers) {
        List<OnnxDimension> shape = info == null ? null : info.shape();
        int axis = 0;
        while (shape != null && axis < shape.size() && !shape.get(axis).name().equals(name)) {
            axis++;
        }
        if (shape == null || name.isEmpty() || axis == 0 || axis == shape.size()) {
            return numbers;
        }
        int outer = 1;
        for (int d = 0; d < axis; d++) {
            outer *= (int) shape.get(d).size();
        }
        int inner = numbers.length / outer / batch;
        float[] turned = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            int sample = i / inner % batch;
            turned[sample * outer * inner + i / (inner * batch) * inner + i % inner] = numbers[i];
        }
        return turned;
    }

    private static Comparison of(
            List<String> names, List<Matrix> ours, Map<String, float[]> theirs) {
        double most = 0;
        double size = 0;
        for (int i = 0; i < ours.size(); i++) {
            float[] expected = theirs.get(names.get(i));
            Matrix part = ours.get(i);
            if (expected == null) {
                continue; // a map of probabilities
            }
            if (expected.length != part.rows() * part.cols()) {
                throw new IllegalStateException(expected.length + " numbers and " + part.shape());
            }
            for (int j = 0; j < expected.length; j++) {
                int row = part.offset() + j / part.cols() * part.ld();
                double difference = Math.abs(part.data()[row + j % part.cols()] - expected[j]);
                most =
                        Double.isNaN(difference)
                                ? Double.POSITIVE_INFINITY
                                : Math.max(most, difference);
                size = Math.max(size, Math.abs(expected[j]));
            }
        }
        return new Comparison(most, size);
    }
}
