package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.parallel.LossCall.Operation;

/** Shares losses out over the team of {@link ParallelKernels}, by rows or elements. */
final class ParallelLosses implements Losses {

    /** Elements that keep a thread busy for the time of a few hand-overs. */
    private static final int MIN_ELEMENTS = 8 * 1024;

    private final Team team;
    private final KernelSource source;
    private final PerThread<LossCall> calls = PerThread.withInitial(LossCall::new);

    ParallelLosses(Team team, KernelSource source) {
        this.team = team;
        this.source = source;
    }

    @Override
    public void pointwise(
            PointwiseLoss f, Matrix x, Matrix targets, float scale, Matrix losses, Matrix dx) {
        LossCall call = call(Family.of(f.kind()), Operation.POINTWISE, x);
        call.loss = f;
        call.y = targets;
        call.scale = scale;
        call.losses = losses;
        call.dx = dx;
        call.flat =
                f.posWeight() == null
                        && x.isContiguous()
                        && targets.isContiguous()
                        && losses.isContiguous()
                        && (dx == null || dx.isContiguous());
        run(call);
    }

    @Override
    public void weigh(Matrix weights, Matrix y) {
        LossCall call = call(Family.LOSSES, Operation.WEIGH, y);
        call.weights = weights;
        call.flat = weights.rows() == y.rows() && weights.isContiguous() && y.isContiguous();
        run(call);
    }

    @Override
    public void classTargets(ClassTargets rule, int[] labels, Matrix targets, Matrix weights) {
        LossCall call = call(Family.SUMS, Operation.OF_LABELS, targets);
        call.rule = rule;
        call.labels = labels;
        call.weights = weights;
        run(call);
    }

    @Override
    public void classTargets(ClassTargets rule, Matrix probabilities, Matrix targets) {
        LossCall call = call(Family.SUMS, Operation.OF_PROBABILITIES, targets);
        call.rule = rule;
        call.y = probabilities;
        run(call);
    }

    @Override
    public void multiMargin(
            boolean squared,
            float margin,
            Matrix classWeights,
            Matrix x,
            int[] labels,
            float scale,
            Matrix losses,
            Matrix dx) {
        LossCall call = call(Family.SUMS, Operation.MULTI_MARGIN, x);
        call.squared = squared;
        call.margin = margin;
        call.weights = classWeights;
        call.labels = labels;
        call.scale = scale;
        call.losses = losses;
        call.dx = dx;
        run(call);
    }

    @Override
    public void cosine(
            Matrix x,
            Matrix y,
            int[] signs,
            float margin,
            float scale,
            Matrix losses,
            Matrix dx,
            Matrix dy) {
        LossCall call = call(Family.SUMS, Operation.COSINE, x);
        call.y = y;
        call.labels = signs;
        call.margin = margin;
        call.scale = scale;
        call.losses = losses;
        call.dx = dx;
        call.dy = dy;
        run(call);
    }

    @Override
    public void tripletMargin(
            Matrix x, float margin, float epsilon, float scale, Matrix losses, Matrix dx) {
        LossCall call = call(Family.SUMS, Operation.TRIPLET_MARGIN, x);
        call.margin = margin;
        call.epsilon = epsilon;
        call.scale = scale;
        call.losses = losses;
        call.dx = dx;
        run(call);
    }

    private LossCall call(Family family, Operation operation, Matrix x) {
        LossCall call = calls.get();
        call.kernels = source.current(family);
        call.operation = operation;
        call.x = x;
        call.flat = false;
        return call;
    }

    private void run(LossCall call) {
        int size = call.flat ? call.x.size() : call.x.rows();
        int least = call.flat ? MIN_ELEMENTS : MIN_ELEMENTS / Math.max(1, call.x.cols()) + 1;
        int share = Math.max(1, Math.ceilDiv(size, team.threads()));
        int chunk = Math.max(least, call.flat ? Math.ceilDiv(share, 64) * 64 : share);
        try {
            team.run(call.split(size, chunk), call);
        } finally {
            call.clear();
        }
    }
}
