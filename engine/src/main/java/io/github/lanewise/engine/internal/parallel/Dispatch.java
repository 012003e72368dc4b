package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.PerThread;

/** Cuts a {@link Call} into parts that are worth a thread each, and has a team run them. */
final class Dispatch {

    /** Elements that one thread moves in the time of a few hand-overs to another. */
    static final int MIN_ELEMENTS = 16 * 1024;

    /** The same for rows that take an exponential for each element. */
    static final int MIN_EXPONENTIALS = 4 * 1024;

    /** Parts of a long span begin at multiples of this, so that no two write one cache line. */
    private static final int LINES = 64;

    private final KernelSource source;
    private final Team team;
    private final PerThread<Call> calls = PerThread.withInitial(Call::new);

    Dispatch(KernelSource source, Team team) {
        this.source = source;
        this.team = team;
    }

    /** Returns the calling thread's call, with the kernels that the family has now. */
    Call newCall(Family family) {
        Call call = calls.get();
        call.kernels = source.current(family);
        return call;
    }

    /** Returns the kernels that a family has now. */
    KernelSet kernels(Family family) {
        return source.current(family);
    }

    /** Runs a pointwise operation: if all operands are contiguous as one span, else by rows. */
    void runPointwise(Call call, boolean flat) {
        call.flat = flat;
        if (flat) {
            int chunk = Math.max(MIN_ELEMENTS, roundUp(share(call.x.size())));
            run(call, call.split(call.x.size(), chunk));
        } else {
            runRows(call, call.x, MIN_ELEMENTS);
        }
    }

    /** Runs an operation on rows; a part has at least so many elements. */
    void runRows(Call call, Matrix shape, int minElements) {
        int chunk = Math.max(minElements / Math.max(1, shape.cols()) + 1, share(shape.rows()));
        run(call, call.split(shape.rows(), chunk));
    }

    /** Runs an operation that has a result for each row, and adds them up in order. */
    double sumOfRows(Call call, Matrix shape) {
        int rows = shape.rows();
        double[] results = call.roomForResults(rows);
        runRows(call, shape, MIN_ELEMENTS);
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += results[i];
        }
        return sum;
    }

    /** Runs an operation on columns. */
    void runColumns(Call call, Matrix shape) {
        int least = roundUp(MIN_ELEMENTS / Math.max(1, shape.rows()));
        int chunk = Math.max(least, share(shape.cols()));
        run(call, call.split(shape.cols(), chunk));
    }

    /** Runs a call that is cut into so many parts. */
    void run(Call call, int parts) {
        try {
            team.run(parts, call);
        } finally {
            call.clear();
        }
    }

    /** Returns the size of an equal share for each thread. */
    private int share(int size) {
        return Math.max(1, Math.ceilDiv(size, team.threads()));
    }

    private static int roundUp(int size) {
        return Math.ceilDiv(size, LINES) * LINES;
    }
}
