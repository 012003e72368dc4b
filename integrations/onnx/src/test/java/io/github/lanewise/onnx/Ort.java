package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** What ONNX Runtime makes of a file: the other opinion. */
final class Ort {

    private Ort() {}

    /** An input: floats, or whole numbers, with its shape. */
    record Array(Object numbers, long... shape) {}

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
            return abort("ONNX Runtime has no native library for this platform: " + e);
        }
    }

    /** Runs a model once; returns its outputs of floats by name, row-major. */
    static SequencedMap<String, float[]> run(Path file, Map<String, Array> inputs) {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(file.toString(), options)) {
                return run(environment, session, inputs);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + file + ": " + e.getMessage(), e);
        }
    }

    private static SequencedMap<String, float[]> run(
            OrtEnvironment environment, OrtSession session, Map<String, Array> inputs)
            throws OrtException {
        Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Array> input : inputs.entrySet()) {
            tensors.put(input.getKey(), tensor(environment, input.getValue()));
        }
        SequencedMap<String, float[]> outputs = new LinkedHashMap<>();
        try (OrtSession.Result result = session.run(tensors)) {
            result.forEach(
                    entry -> {
                        if (entry.getValue() instanceof ai.onnxruntime.OnnxTensor tensor) {
                            FloatBuffer numbers = tensor.getFloatBuffer();
                            if (numbers != null) {
                                float[] all = new float[numbers.remaining()];
                                numbers.get(all);
                                outputs.put(entry.getKey(), all);
                            }
                        }
                    });
        } finally {
            tensors.values().forEach(OnnxTensorLike::close);
        }
        return outputs;
    }

    private static OnnxTensorLike tensor(OrtEnvironment environment, Array array)
            throws OrtException {
        return switch (array.numbers()) {
            case long[] longs ->
                    ai.onnxruntime.OnnxTensor.createTensor(
                            environment, LongBuffer.wrap(longs), array.shape());
            case int[] ints ->
                    ai.onnxruntime.OnnxTensor.createTensor(
                            environment, IntBuffer.wrap(ints), array.shape());
            default ->
                    ai.onnxruntime.OnnxTensor.createTensor(
                            environment,
                            FloatBuffer.wrap((float[]) array.numbers()),
                            array.shape());
        };
    }
}
