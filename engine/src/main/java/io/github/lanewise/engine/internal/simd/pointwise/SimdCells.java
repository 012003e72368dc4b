package io.github.lanewise.engine.internal.simd.pointwise;

import static io.github.lanewise.engine.internal.scalar.GateMath.*;
import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.INT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.CellKernels;
import io.github.lanewise.engine.internal.scalar.ScalarCells;
import io.github.lanewise.engine.internal.simd.support.Scratch;
import io.github.lanewise.engine.internal.simd.support.SimdMath;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Whole vectors of units here; the units left over go to {@link ScalarCells}. */
public final class SimdCells implements CellKernels {

    /** The bit of a float's sign. */
    private static final int SIGN = 1 << 31;

    private final ScalarCells tail = new ScalarCells();

    @Override
    public void step(Cell cell, int from, int to) {
        int h = cell.shape().cols();
        int done = FLOATS.loopBound(h);
        for (int i = from; i < to; i++) {
            if (done > 0) {
                units(cell, i, done, h);
            }
            if (done < h) {
                tail.units(cell, i, done, h);
            }
        }
    }

    private static void units(Cell cell, int i, int n, int h) {
        switch (cell) {
            case Cell.Lstm step -> lstm(step, i, n, h);
            case Cell.LstmGradient step -> lstmGradient(step, i, n, h);
            case Cell.Gru step -> gru(step, i, n, h);
            case Cell.GruGradient step -> gruGradient(step, i, n, h);
            case Cell.Rnn step -> rnn(step, i, n);
            case Cell.RnnGradient step -> rnnGradient(step, i, n);
        }
    }

    private static void lstm(Cell.Lstm step, int row, int n, int h) {
        float[] gates = step.gates().data();
        int at = start(step.gates(), row);
        sigmoids(gates, at, n);
        sigmoids(gates, at + h, n);
        tangents(gates, at + 2 * h, gates, at + 2 * h, n);
        sigmoids(gates, at + 3 * h, n);
        float[] last = step.lastCellState().data();
        float[] cellState = step.cellState().data();
        int lastAt = start(step.lastCellState(), row);
        int cellStateAt = start(step.cellState(), row);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector ig =
                    FLOAT_VECTOR
                            .cast(fromArray(FLOATS, gates, at + j))
                            .mul(fromArray(FLOATS, gates, at + 2 * h + j));
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, gates, at + h + j))
                    .fma(fromArray(FLOATS, last, lastAt + j), ig)
                    .intoArray(cellState, cellStateAt + j);
        }
        float[] tanhCellState = step.tanhCellState().data();
        int tanhCellStateAt = start(step.tanhCellState(), row);
        tangents(cellState, cellStateAt, tanhCellState, tanhCellStateAt, n);
        float[] hidden = step.hidden().data();
        int hiddenAt = start(step.hidden(), row);
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, gates, at + 3 * h + j))
                    .mul(fromArray(FLOATS, tanhCellState, tanhCellStateAt + j))
                    .intoArray(hidden, hiddenAt + j);
        }
    }

    private static void lstmGradient(Cell.LstmGradient gradient, int row, int n, int h) {
        FloatVector one = ZERO.broadcast(1f);
        Cell.Lstm step = gradient.step();
        float[] gates = step.gates().data();
        float[] dGates = gradient.dGates().data();
        float[] lastCellState = step.lastCellState().data();
        float[] tanhCellStates = step.tanhCellState().data();
        float[] dOut = gradient.dHidden().data();
        float[] dCellState = gradient.dCellState().data();
        int at = start(step.gates(), row);
        int dAt = start(gradient.dGates(), row);
        int lastAt = start(step.lastCellState(), row);
        int tanhCellStateAt = start(step.tanhCellState(), row);
        int dOutAt = start(gradient.dHidden(), row);
        int dCellStateAt = start(gradient.dCellState(), row);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector i = FLOAT_VECTOR.cast(fromArray(FLOATS, gates, at + j));
            FloatVector f = FLOAT_VECTOR.cast(fromArray(FLOATS, gates, at + h + j));
            FloatVector g = FLOAT_VECTOR.cast(fromArray(FLOATS, gates, at + 2 * h + j));
            FloatVector o = FLOAT_VECTOR.cast(fromArray(FLOATS, gates, at + 3 * h + j));
            FloatVector tanhCellState =
                    FLOAT_VECTOR.cast(fromArray(FLOATS, tanhCellStates, tanhCellStateAt + j));
            FloatVector dHidden = FLOAT_VECTOR.cast(fromArray(FLOATS, dOut, dOutAt + j));
            FloatVector slope = tanhCellState.neg().fma(tanhCellState, one);
            FloatVector d =
                    dHidden.mul(o).fma(slope, fromArray(FLOATS, dCellState, dCellStateAt + j));
            d.mul(g).mul(i.mul(one.sub(i))).intoArray(dGates, dAt + j);
            d.mul(fromArray(FLOATS, lastCellState, lastAt + j))
                    .mul(f.mul(one.sub(f)))
                    .intoArray(dGates, dAt + h + j);
            d.mul(i).mul(g.neg().fma(g, one)).intoArray(dGates, dAt + 2 * h + j);
            dHidden.mul(tanhCellState).mul(o.mul(one.sub(o))).intoArray(dGates, dAt + 3 * h + j);
            d.mul(f).intoArray(dCellState, dCellStateAt + j);
        }
    }

    private static void gru(Cell.Gru step, int row, int n, int h) {
        float[] gates = step.gates().data();
        float[] recurrent = step.recurrent().data();
        int at = start(step.gates(), row);
        int rAt = start(step.recurrent(), row);
        add(recurrent, rAt, gates, at, n);
        add(recurrent, rAt + h, gates, at + h, n);
        sigmoids(gates, at, n);
        sigmoids(gates, at + h, n);
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, gates, at + j))
                    .fma(
                            fromArray(FLOATS, recurrent, rAt + 2 * h + j),
                            fromArray(FLOATS, gates, at + 2 * h + j))
                    .intoArray(gates, at + 2 * h + j);
        }
        tangents(gates, at + 2 * h, gates, at + 2 * h, n);
        float[] last = step.lastHidden().data();
        float[] hidden = step.hidden().data();
        int lastAt = start(step.lastHidden(), row);
        int hiddenAt = start(step.hidden(), row);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector candidate = fromArray(FLOATS, gates, at + 2 * h + j);
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, gates, at + h + j))
                    .fma(
                            FLOAT_VECTOR.cast(fromArray(FLOATS, last, lastAt + j)).sub(candidate),
                            candidate)
                    .intoArray(hidden, hiddenAt + j);
        }
    }

    private static void gruGradient(Cell.GruGradient gradient, int row, int n, int h) {
        FloatVector one = ZERO.broadcast(1f);
        Cell.Gru step = gradient.step();
        float[] gates = step.gates().data();
        float[] recurrent = step.recurrent().data();
        float[] last = step.lastHidden().data();
        float[] dOut = gradient.dHidden().data();
        float[] dGates = gradient.dGates().data();
        float[] dRecurrent = gradient.dRecurrent().data();
        float[] dLast = gradient.dLastHidden().data();
        int at = start(step.gates(), row);
        int rAt = start(step.recurrent(), row) + 2 * h;
        int lastAt = start(step.lastHidden(), row);
        int dOutAt = start(gradient.dHidden(), row);
        int dAt = start(gradient.dGates(), row);
        int dRAt = start(gradient.dRecurrent(), row);
        int dLastAt = start(gradient.dLastHidden(), row);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector r = FLOAT_VECTOR.cast(fromArray(FLOATS, gates, at + j));
            FloatVector z = FLOAT_VECTOR.cast(fromArray(FLOATS, gates, at + h + j));
            FloatVector c = FLOAT_VECTOR.cast(fromArray(FLOATS, gates, at + 2 * h + j));
            FloatVector dHidden = FLOAT_VECTOR.cast(fromArray(FLOATS, dOut, dOutAt + j));
            FloatVector dc = dHidden.mul(one.sub(z)).mul(c.neg().fma(c, one));
            FloatVector dr = dc.mul(fromArray(FLOATS, recurrent, rAt + j)).mul(r.mul(one.sub(r)));
            FloatVector dz =
                    dHidden.mul(FLOAT_VECTOR.cast(fromArray(FLOATS, last, lastAt + j)).sub(c))
                            .mul(z.mul(one.sub(z)));
            dr.intoArray(dGates, dAt + j);
            dz.intoArray(dGates, dAt + h + j);
            dc.intoArray(dGates, dAt + 2 * h + j);
            dr.intoArray(dRecurrent, dRAt + j);
            dz.intoArray(dRecurrent, dRAt + h + j);
            dc.mul(r).intoArray(dRecurrent, dRAt + 2 * h + j);
            dHidden.fma(z, fromArray(FLOATS, dLast, dLastAt + j)).intoArray(dLast, dLastAt + j);
        }
    }

    private static void rnn(Cell.Rnn step, int row, int n) {
        float[] hidden = step.hidden().data();
        int at = start(step.hidden(), row);
        if (!step.relu()) {
            tangents(hidden, at, hidden, at, n);
            return;
        }
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, hidden, at + j));
            v.blend(0f, v.compare(LE, 0f)).intoArray(hidden, at + j);
        }
    }

    private static void rnnGradient(Cell.RnnGradient gradient, int row, int n) {
        FloatVector one = ZERO.broadcast(1f);
        boolean relu = gradient.step().relu();
        float[] hidden = gradient.step().hidden().data();
        float[] dHidden = gradient.dHidden().data();
        float[] dSums = gradient.dPreActivations().data();
        int at = start(gradient.step().hidden(), row);
        int dAt = start(gradient.dHidden(), row);
        int dSumsAt = start(gradient.dPreActivations(), row);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, hidden, at + j));
            FloatVector d = FLOAT_VECTOR.cast(fromArray(FLOATS, dHidden, dAt + j));
            d = relu ? d.blend(0f, v.compare(LE, 0f)) : d.mul(v.neg().fma(v, one));
            d.intoArray(dSums, dSumsAt + j);
        }
    }

    private static void add(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FLOAT_VECTOR
                    .cast(fromArray(FLOATS, y, yAt + j))
                    .add(fromArray(FLOATS, x, xAt + j))
                    .intoArray(y, yAt + j);
        }
    }

    private static void sigmoids(float[] x, int at, int n) {
        FloatVector one = ZERO.broadcast(1f);
        SimdMath.exp(SimdMath.VALUE, -1f, x, at, 0f, x, at, n);
        for (int j = 0; j < n; j += COUNT) {
            one.div(FLOAT_VECTOR.cast(fromArray(FLOATS, x, at + j)).add(1f)).intoArray(x, at + j);
        }
    }

    private static void tangents(float[] x, int xAt, float[] y, int yAt, int n) {
        float[] e = Scratch.mine().e;
        for (int j = 0; j < n; j += Scratch.LENGTH) {
            int m = Math.min(Scratch.LENGTH, n - j);
            SimdMath.exp(SimdMath.SIZE, 2f, x, xAt + j, 0f, e, 0, m);
            tangents(x, xAt + j, e, y, yAt + j, m);
        }
    }

    /** y = tanh x, given e<sup>2|x|</sup>. */
    private static void tangents(
            float[] x, int xAt, float[] exponentials, float[] y, int yAt, int n) {
        FloatVector one = ZERO.broadcast(1f);
        FloatVector two = ZERO.broadcast(2f);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector v = FLOAT_VECTOR.cast(fromArray(FLOATS, x, xAt + j));
            FloatVector e = FLOAT_VECTOR.cast(fromArray(FLOATS, exponentials, j));
            FloatVector size = v.abs();
            FloatVector t = v.mul(v);
            FloatVector p = t.fma(ZERO.broadcast(T11), ZERO.broadcast(T9));
            p = p.fma(t, ZERO.broadcast(T7));
            p = p.fma(t, ZERO.broadcast(T5));
            p = p.fma(t, ZERO.broadcast(T3));
            FloatVector small = size.mul(t).fma(p, size);
            FloatVector large = one.sub(two.div(e.add(1f)));
            FloatVector tanh = small.blend(large, size.compare(GT, TANH_SPLIT));
            IntVector sign = INT_VECTOR.cast(v.reinterpretAsInts()).and(SIGN);
            IntVector signed = INT_VECTOR.cast(tanh.reinterpretAsInts()).or(sign);
            FLOAT_VECTOR.cast(signed.reinterpretAsFloats()).intoArray(y, yAt + j);
        }
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
