package io.github.lanewise.bench.training.worker;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A session of ONNX Runtime that answers. Inputs and outputs are direct buffers that are bound
 * before anything is measured, so that a call copies and allocates as little as the library lets.
 */
final class OnnxRuntimeInference implements Stack.Inference {

    private final OrtSession session;
    private final int batch;
    private final Samples samples;
    private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    private final Map<String, OnnxTensor> output;
    private final FloatBuffer answers;
    private int next;

    private OnnxRuntimeInference(OrtSession session, int batch, Samples samples)
            throws OrtException {
        this.session = session;
        this.batch = batch;
        this.samples = samples;
        Map.Entry<String, long[]> in = shape(session.getInputInfo());
        Map.Entry<String, long[]> out = shape(session.getOutputInfo());
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            FloatBuffer numbers = direct(samples.inputs(from, batch).length);
            numbers.put(samples.inputs(from, batch)).flip();
            inputs.add(Map.of(in.getKey(), tensor(numbers, in.getValue())));
        }
        answers = direct(batch * (int) out.getValue()[1]);
        output = Map.of(out.getKey(), tensor(answers, out.getValue()));
    }

    static OnnxRuntimeInference of(int batch, Samples samples, int threads, boolean spinning) {
        try {
            OrtSession.SessionOptions options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
            String file = samples.folder().resolve("model.onnx").toString();
            OrtSession session = OrtEnvironment.getEnvironment().createSession(file, options);
            return new OnnxRuntimeInference(session, batch, samples);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(OrtException e) {
        return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
    }

    /** Returns name and shape of the only input or output, with this batch in it. */
    private Map.Entry<String, long[]> shape(Map<String, NodeInfo> nodes) {
        Map.Entry<String, NodeInfo> only = nodes.entrySet().iterator().next();
        long[] shape = ((TensorInfo) only.getValue().getInfo()).getShape();
        shape[0] = batch;
        return Map.entry(only.getKey(), shape);
    }

    private static FloatBuffer direct(int numbers) {
        return ByteBuffer.allocateDirect(numbers * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static OnnxTensor tensor(FloatBuffer numbers, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), numbers, shape);
    }

    @Override
    public void run() {
        int current = next;
        next = current + 1 == inputs.size() ? 0 : current + 1;
        predict(current);
    }

    private void predict(int current) {
        try {
            // The outputs are in the buffer that was bound, which stays open.
            session.run(inputs.get(current), output).close();
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    @Override
    public float[] outputs() {
        predict(0);
        float[] first = new float[answers.capacity() / batch];
        answers.get(0, first);
        return first;
    }

    @Override
    public Stack.Inference forAnotherThread() {
        try {
            return new OnnxRuntimeInference(session, batch, samples);
        } catch (OrtException e) {
            throw failed(e);
        }
    }
}
