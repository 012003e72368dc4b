package io.github.lanewise.bench.training.worker;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
        for (int from = 0; from + batch <= samples.size(); from += batch) {
            inputs.add(inputs(samples.inputs(from, batch)));
        }
        NodeInfo out = session.getOutputInfo().values().iterator().next();
        long[] shape = shape(out);
        answers = direct(size(shape) * Float.BYTES).asFloatBuffer();
        output = Map.of(out.getName(), tensor(answers, shape));
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

    /** Makes the tensors of a batch; inputs of the model lie side by side in a row. */
    private Map<String, OnnxTensor> inputs(float... rows) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        int first = 0;
        for (NodeInfo node : session.getInputInfo().values()) {
            long[] shape = shape(node);
            boolean indices = ((TensorInfo) node.getInfo()).type == OnnxJavaType.INT64;
            int width = size(shape) / batch;
            ByteBuffer bytes = direct(size(shape) * (indices ? Long.BYTES : Float.BYTES));
            for (int row = 0; row < batch; row++) {
                int from = row * (rows.length / batch) + first;
                for (int i = from; i < from + width; i++) {
                    if (indices) {
                        bytes.putLong((long) rows[i]);
                    } else {
                        bytes.putFloat(rows[i]);
                    }
                }
            }
            bytes.flip();
            tensors.put(
                    node.getName(),
                    indices
                            ? tensor(bytes.asLongBuffer(), shape)
                            : tensor(bytes.asFloatBuffer(), shape));
            first += width;
        }
        return tensors;
    }

    /** Returns the shape of an input or output, with this batch in it. */
    private long[] shape(NodeInfo node) {
        long[] shape = ((TensorInfo) node.getInfo()).getShape();
        shape[0] = batch;
        return shape;
    }

    private static int size(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static OnnxTensor tensor(FloatBuffer numbers, long... shape) throws OrtException {
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), numbers, shape);
    }

    private static OnnxTensor tensor(LongBuffer numbers, long... shape) throws OrtException {
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
