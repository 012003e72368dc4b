package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** A product by oneDNN's matmul primitive, on plain row-major operands, made once and run often. */
final class OneDnnMatmul implements Product {

    private final NativeOperands operands;
    private final stream stream;
    private final matmul matmul;
    private final org.bytedeco.dnnl.IntMemoryMap arguments;

    OneDnnMatmul(GemmShape shape, Matrix a, Matrix b) {
        operands = new NativeOperands(shape, a, b);
        engine cpu = new engine(engine.kind.cpu, 0);
        stream = new stream(cpu);
        memory.desc source = describe(shape.m(), shape.k(), a.ld(), shape.transpose().a());
        memory.desc weights = describe(shape.k(), shape.n(), b.ld(), shape.transpose().b());
        memory.desc destination = describe(shape.m(), shape.n(), shape.n(), false);
        matmul = new matmul(new matmul.primitive_desc(cpu, source, weights, destination));
        arguments = new org.bytedeco.dnnl.IntMemoryMap();
        put(dnnl.DNNL_ARG_SRC, source, cpu, operands.a());
        put(dnnl.DNNL_ARG_WEIGHTS, weights, cpu, operands.b());
        put(dnnl.DNNL_ARG_DST, destination, cpu, operands.c());
    }

    /** Describes a matrix by its strides; transposed, it is read down the columns. */
    private static memory.desc describe(int rows, int cols, int ld, boolean transposed) {
        long[] strides = transposed ? new long[] {1, ld} : new long[] {ld, 1};
        return new memory.desc(new long[] {rows, cols}, memory.data_type.f32, strides);
    }

    private void put(int argument, memory.desc desc, engine cpu, FloatPointer data) {
        arguments.put(argument, new memory(desc, cpu, data));
    }

    @Override
    public void multiply() {
        matmul.execute(stream, arguments);
        stream._wait();
    }

    @Override
    public float[] result() {
        return operands.result();
    }

    @Override
    public void close() {
        matmul.close();
        arguments.close();
        stream.close();
        operands.close();
    }
}
