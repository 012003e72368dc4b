package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.LossRows;
import io.github.lanewise.engine.internal.check.LossCheck;

/** Checks losses and shares them out, by rows or elements. */
final class LossDispatch implements Losses {

    private static final Call.Span POINTWISE =
            (c, i, j, n) ->
                    c.kernels
                            .losses()
                            .pointwise(
                                    c.loss,
                                    j,
                                    c.x.data(),
                                    Call.at(c.x, i, j),
                                    c.y.data(),
                                    Call.at(c.y, i, j),
                                    c.alpha,
                                    c.losses.data(),
                                    Call.at(c.losses, i, j),
                                    c.dx == null ? null : c.dx.data(),
                                    c.dx == null ? 0 : Call.at(c.dx, i, j),
                                    n);

    private static final Call.Span WEIGH =
            (c, i, j, n) -> {
                int w = Call.at(c.w, c.w.rows() == 1 ? 0 : i, j);
                c.kernels.losses().weigh(c.w.data(), w, c.x.data(), Call.at(c.x, i, j), n);
            };

    private static final Call.Part OF_LABELS =
            (c, from, to, fromCol, toCol) ->
                    LossRows.ofLabels(c.classTargets, c.indices, c.x, c.w, from, to);

    private static final Call.Part OF_PROBABILITIES =
            (c, from, to, fromCol, toCol) ->
                    LossRows.ofProbabilities(c.classTargets, c.y, c.x, from, to);

    private static final Call.Part MULTI_MARGIN =
            (c, from, to, fromCol, toCol) -> {
                for (int i = from; i < to; i++) {
                    int label = c.indices[i];
                    LossRows.multiMargin(
                            c.kernels.rows(),
                            c.squared,
                            c.margin,
                            c.w == null ? 1f : c.w.data()[c.w.offset() + label],
                            c.x,
                            label,
                            c.alpha,
                            c.losses,
                            c.dx,
                            i);
                }
            };

    private static final Call.Part COSINE =
            (c, from, to, fromCol, toCol) -> {
                for (int i = from; i < to; i++) {
                    LossRows.cosine(
                            c.kernels.rows(),
                            c.x,
                            c.y,
                            c.indices == null ? 1 : c.indices[i],
                            c.margin,
                            c.alpha,
                            c.losses,
                            c.dx,
                            c.dy,
                            i);
                }
            };

    private static final Call.Part TRIPLET_MARGIN =
            (c, from, to, fromCol, toCol) -> {
                for (int i = from; i < to; i++) {
                    LossRows.tripletMargin(
                            c.kernels.rows(), c.x, c.margin, c.beta, c.alpha, c.losses, c.dx, i);
                }
            };

    private final Dispatch dispatch;

    LossDispatch(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void pointwise(
            PointwiseLoss f, Matrix x, Matrix targets, float scale, Matrix losses, Matrix dx) {
        LossCheck.pointwise(f, x, targets, losses, dx);
        Call call = dispatch.call(Family.of(f.kind()), POINTWISE);
        call.loss = f;
        call.x = x;
        call.y = targets;
        call.alpha = scale;
        call.losses = losses;
        call.dx = dx;
        boolean flat =
                f.posWeight() == null
                        && x.isContiguous()
                        && targets.isContiguous()
                        && losses.isContiguous()
                        && (dx == null || dx.isContiguous());
        dispatch.runSpans(call, x, flat, Dispatch.COMPARED);
    }

    @Override
    public void weigh(Matrix weights, Matrix y) {
        LossCheck.weigh(weights, y);
        Call call = dispatch.call(Family.LOSSES, WEIGH);
        call.x = y;
        call.w = weights;
        boolean flat = weights.rows() == y.rows() && weights.isContiguous() && y.isContiguous();
        dispatch.runSpans(call, y, flat, Dispatch.COMPARED);
    }

    @Override
    public void classTargets(ClassTargets rule, int[] labels, Matrix targets, Matrix weights) {
        LossCheck.classTargets(rule, labels, targets, weights);
        Call call = dispatch.call(Family.SUMS, OF_LABELS);
        call.x = targets;
        call.classTargets = rule;
        call.indices = labels;
        call.w = weights;
        runRows(call);
    }

    @Override
    public void classTargets(ClassTargets rule, Matrix probabilities, Matrix targets) {
        LossCheck.classTargets(rule, probabilities, targets);
        Call call = dispatch.call(Family.SUMS, OF_PROBABILITIES);
        call.x = targets;
        call.classTargets = rule;
        call.y = probabilities;
        runRows(call);
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
        LossCheck.multiMargin(classWeights, x, labels, losses, dx);
        Call call = dispatch.call(Family.SUMS, MULTI_MARGIN);
        call.squared = squared;
        call.margin = margin;
        call.w = classWeights;
        call.x = x;
        call.indices = labels;
        call.alpha = scale;
        call.losses = losses;
        call.dx = dx;
        runRows(call);
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
        LossCheck.cosine(x, y, signs, losses, dx, dy);
        Call call = dispatch.call(Family.SUMS, COSINE);
        call.x = x;
        call.y = y;
        call.indices = signs;
        call.margin = margin;
        call.alpha = scale;
        call.losses = losses;
        call.dx = dx;
        call.dy = dy;
        runRows(call);
    }

    @Override
    public void tripletMargin(
            Matrix x, float margin, float eps, float scale, Matrix losses, Matrix dx) {
        LossCheck.tripletMargin(x, losses, dx);
        Call call = dispatch.call(Family.SUMS, TRIPLET_MARGIN);
        call.x = x;
        call.margin = margin;
        call.beta = eps;
        call.alpha = scale;
        call.losses = losses;
        call.dx = dx;
        runRows(call);
    }

    private void runRows(Call call) {
        dispatch.runEach(call, call.x.rows(), (long) Dispatch.COMPARED * call.x.cols());
    }
}
