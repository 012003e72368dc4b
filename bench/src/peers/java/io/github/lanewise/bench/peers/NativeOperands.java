package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

/** Operands outside the heap, at the start of a cache line: as a native caller would hold them. */
final class NativeOperands implements AutoCloseable {

    private static final int LINE_BYTES = 64;

    private final PointerScope scope = new PointerScope();
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;
    private final int size;

    NativeOperands(GemmShape shape, Matrix a, Matrix b) {
        this(a, b, shape.m() * shape.n());
    }

    /** Copies two operands and makes room for so many results. */
    NativeOperands(Matrix a, Matrix b, int size) {
        this.a = copy(a.data());
        this.b = copy(b.data());
        this.size = size;
        c = copy(new float[size]);
    }

    private FloatPointer copy(float[] data) {
        FloatPointer memory = new FloatPointer(data.length + LINE_BYTES / Float.BYTES);
        scope.attach(memory);
        long beyond = memory.address() % LINE_BYTES;
        // A view, for JavaCPP counts a position in bytes where a function takes void*.
        FloatPointer line =
                memory.getPointer(beyond == 0 ? 0 : (LINE_BYTES - beyond) / Float.BYTES);
        return line.put(data, 0, data.length);
    }

    FloatPointer a() {
        return a;
    }

    FloatPointer b() {
        return b;
    }

    FloatPointer c() {
        return c;
    }

    float[] result() {
        float[] result = new float[size];
        c.get(result, 0, size);
        return result;
    }

    @Override
    public void close() {
        scope.close();
    }
}
