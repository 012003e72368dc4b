package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.parallel.Team;

/**
 * Cuts a {@link Call} into parts that are worth a thread each, and has a team run them.
 *
 * <p>Work is counted in fused multiply-adds of a product; other elements cost a multiple of one.
 */
final class Dispatch {

    /** What pays for the hand-over of a part to another thread. */
    private static final long LEAST_WORK = 64 * 1024;

    /** The same where the others may sleep between two calls: some 40 microseconds. */
    private static final long LEAST_WORK_OF_SLEEPERS = 2 * 1024 * 1024;

    /** Of an element that is moved, or of a pointwise operation. */
    static final int MOVED = 4;

    /** Of an element that is compared, normalized, or has a loss. */
    static final int COMPARED = 8;

    /** Of an element that takes an exponential. */
    static final int EXPONENTIAL = 16;

    /** Of a unit of a recurrent layer, with all its gates. */
    static final int GATES = 64;

    /** Elements of a cache line: parts begin at multiples, so that no two write one line. */
    private static final int LINE = 16;

    private final KernelSource source;
    private final Team team;
    private final long leastWork;
    private final PerThread<Call> calls = PerThread.withInitial(Call::new);

    Dispatch(KernelSource source, Team team) {
        this(source, team, LEAST_WORK);
    }

    private Dispatch(KernelSource source, Team team, long leastWork) {
        this.source = source;
        this.team = team;
        this.leastWork = leastWork;
    }

    /** Returns the same, which leaves the team alone but for long calls. */
    Dispatch ofLongCalls() {
        return new Dispatch(source, team, LEAST_WORK_OF_SLEEPERS);
    }

    /** Returns the work from which on a part pays, in multiply-adds. */
    long leastWork() {
        return leastWork;
    }

    int threads() {
        return team.threads();
    }

    /** Returns the calling thread's call, with the kernels that the family has now. */
    Call call(Family family, Call.Part part) {
        return calls.get().of(source.current(family), part);
    }

    /** Returns the same for a pointwise operation. */
    Call call(Family family, Call.Span span) {
        return calls.get().of(source.current(family), span);
    }

    /** Returns the kernels that a family has now. */
    KernelSet kernels(Family family) {
        return source.current(family);
    }

    /**
     * Runs a pointwise operation: by elements if all operands are contiguous as one span, else by
     * rows.
     *
     * @param shape of all operands
     * @param work of an element
     */
    void runSpans(Call call, Matrix shape, boolean flat, int work) {
        call.flat(flat);
        if (flat) {
            run(call, shape.size(), work, LINE);
        } else {
            runEach(call, shape.rows(), (long) work * shape.cols());
        }
    }

    /**
     * Runs an operation on rows, columns or images, each an output of its own.
     *
     * @param size how many
     * @param work of one
     */
    void runEach(Call call, int size, long work) {
        run(call, size, work, 1);
    }

    /** Runs an operation on columns whose outputs lie side by side. */
    void runColumns(Call call, int cols, long work) {
        run(call, cols, work, LINE);
    }

    /** Runs an operation that has a result for each row, and adds them up in order. */
    double sumOfRows(Call call, Matrix shape) {
        int rows = shape.rows();
        double[] results = call.roomForResults(rows);
        runEach(call, rows, (long) MOVED * shape.cols());
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += results[i];
        }
        return sum;
    }

    private void run(Call call, int size, long work, int multiple) {
        long chunk = Math.ceilDiv((long) chunk(size, work), multiple) * multiple;
        run(call, call.split(size, (int) Math.min(chunk, Math.max(1, size))));
    }

    /** Returns how many rows, columns or images, each of so much work, one part has. */
    int chunk(int size, long work) {
        long least = Math.ceilDiv(leastWork, Math.max(1, work));
        long share = Math.ceilDiv(size, team.threads());
        return Math.clamp(Math.max(least, share), 1, Math.max(1, size));
    }

    /** Runs a call that is cut into so many parts. */
    void run(Call call, int parts) {
        try {
            team.run(parts, call);
        } finally {
            call.clear();
        }
    }
}
