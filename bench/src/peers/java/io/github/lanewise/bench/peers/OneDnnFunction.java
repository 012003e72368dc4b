package io.github.lanewise.bench.peers;

import io.github.lanewise.engine.Matrix;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.stream;

/** A function of each value, or the softmax of each row, by a primitive of oneDNN. */
final class OneDnnFunction {

    private static final dnnl.prop_kind FORWARD = dnnl.prop_kind.forward_inference;

    private final stream stream;
    private final primitive primitive;
    private final IntMemoryMap arguments = new IntMemoryMap();

    /**
     * Makes the primitive for operands at hand.
     *
     * @param function exp, tanh, log or softmax
     * @param shape of the operands, row-major and contiguous
     */
    OneDnnFunction(String function, Matrix shape, NativeOperands operands) {
        engine cpu = new engine(engine.kind.cpu, 0);
        stream = new stream(cpu);
        memory.desc matrix =
                new memory.desc(
                        new long[] {shape.rows(), shape.cols()},
                        memory.data_type.f32,
                        new long[] {shape.cols(), 1});
        primitive = primitive(function, cpu, matrix);
        arguments.put(dnnl.DNNL_ARG_SRC, new memory(matrix, cpu, operands.a()));
        arguments.put(dnnl.DNNL_ARG_DST, new memory(matrix, cpu, operands.c()));
    }

    private static primitive primitive(String function, engine cpu, memory.desc matrix) {
        if (function.equals("softmax")) {
            dnnl.algorithm accurate = dnnl.algorithm.softmax_accurate;
            return new softmax_forward(
                    new softmax_forward.primitive_desc(cpu, FORWARD, accurate, matrix, matrix, 1));
        }
        dnnl.algorithm algorithm = dnnl.algorithm.valueOf("eltwise_" + function);
        return new eltwise_forward(
                new eltwise_forward.primitive_desc(cpu, FORWARD, algorithm, matrix, matrix));
    }

    void run() {
        primitive.execute(stream, arguments);
        stream._wait();
    }
}
