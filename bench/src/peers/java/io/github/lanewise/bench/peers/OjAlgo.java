package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.engine.Matrix;

import org.ojalgo.OjAlgoUtils;
import org.ojalgo.machine.VirtualMachine;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R032Store;

/** ojAlgo's float matrices. */
final class OjAlgo implements Rival {

    private final VirtualMachine unlimited = OjAlgoUtils.ENVIRONMENT;

    @Override
    public String name() {
        return "ojAlgo";
    }

    @Override
    public int maxThreads() {
        return Integer.MAX_VALUE;
    }

    /** A limit can only be lowered, so it is first lifted. */
    @Override
    public void threads(int count) {
        OjAlgoUtils.ENVIRONMENT = unlimited;
        OjAlgoUtils.limitThreadsTo(count);
    }

    @Override
    public Product product(GemmShape shape, Matrix a, Matrix b) {
        MatrixStore<Double> left = shape.transpose().a() ? store(a).transpose() : store(a);
        MatrixStore<Double> right = shape.transpose().b() ? store(b).transpose() : store(b);
        R032Store c = R032Store.FACTORY.make(shape.m(), shape.n());
        return new Product() {
            @Override
            public void multiply() {
                c.fillByMultiplying(left, right);
            }

            @Override
            public float[] result() {
                float[] result = new float[shape.m() * shape.n()];
                for (int i = 0; i < shape.m(); i++) {
                    for (int j = 0; j < shape.n(); j++) {
                        result[i * shape.n() + j] = c.floatValue(i, j);
                    }
                }
                return result;
            }
        };
    }

    private static R032Store store(Matrix matrix) {
        R032Store store = R032Store.FACTORY.make(matrix.rows(), matrix.cols());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                store.set(i, j, matrix.at(i, j));
            }
        }
        return store;
    }

    @Override
    public Class<?> origin() {
        return OjAlgoUtils.class;
    }
}
