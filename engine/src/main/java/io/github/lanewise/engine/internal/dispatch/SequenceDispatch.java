package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.CellKernels;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.ProductKernels;
import io.github.lanewise.engine.internal.check.SequenceCheck;

/**
 * Checks operations on sequences and shares out samples of one step or of all, products, or the
 * columns of rows that are added.
 */
final class SequenceDispatch implements Sequences {

    /** Samples that a tile of a product takes at a time. */
    private static final int TILE = 8;

    private static final Call.Part STEP =
            (c, from, to, fromCol, toCol) -> c.kernels.cells().step(c.cell, from, to);

    /** Takes some samples through all time steps. */
    private static final Call.Part RUN =
            (c, from, to, fromCol, toCol) -> {
                int samples = c.steps.c()[0].rows();
                run(c, from * TILE, Math.min(samples, to * TILE));
            };

    private static final Call.Part MULTIPLY_EACH =
            (c, from, to, fromCol, toCol) -> {
                for (int s = from; s < to; s++) {
                    multiply(c, c.a[s], c.b[s], c.c[s]);
                }
            };

    private static final Call.Part ADD_ROWS =
            (c, from, to, fromCol, toCol) -> addRows(c, from, to - from);

    private final Dispatch dispatch;
    private final Products products;

    SequenceDispatch(Dispatch dispatch, Products products) {
        this.dispatch = dispatch;
        this.products = products;
    }

    private static void run(Call c, int from, int to) {
        TimeSteps steps = c.steps;
        ProductKernels products = c.kernels.products();
        CellKernels cells = c.others.cells();
        products.prepack(steps.transpose(), steps.weight(), to - from);
        for (int s = 0; s < steps.cells().length; s++) {
            int end = Math.min(to, steps.rows(s));
            if (end <= from) {
                continue;
            }
            if (steps.backward()) {
                project(products, steps, s, from, end);
                cells.step(steps.cells()[s], from, end);
            }
            products.gemmPrepacked(
                    steps.transpose(),
                    steps.a()[s],
                    steps.weight(),
                    steps.beta(),
                    steps.c()[s],
                    steps.epilogue(),
                    from,
                    end);
            if (!steps.backward()) {
                cells.step(steps.cells()[s], from, end);
                project(products, steps, s, from, end);
            }
        }
    }

    private static void project(ProductKernels products, TimeSteps steps, int s, int from, int to) {
        if (steps.projection() != null) {
            Matrix y = steps.projection().to()[s];
            products.gemm(
                    steps.transpose(),
                    steps.projection().from()[s],
                    steps.projection().weight(),
                    0,
                    y,
                    Epilogue.NONE,
                    from,
                    to,
                    0,
                    y.cols());
        }
    }

    private static void multiply(Call c, Matrix left, Matrix right, Matrix product) {
        int m = product.rows();
        int n = product.cols();
        c.kernels
                .products()
                .gemm(c.transpose, left, right, c.beta, product, Epilogue.NONE, 0, m, 0, n);
        for (int i = 0; i < m && c.alpha != 1; i++) {
            c.others.pointwise().scale(c.alpha, product.data(), Call.at(product, i, 0), n);
        }
    }

    private static void addRows(Call c, int col, int n) {
        for (int i = 0; i < c.x.rows(); i++) {
            if (c.indices[i] != c.skipped) {
                int from = Call.at(c.x, i, col);
                int to = Call.at(c.y, c.indices[i], col);
                // fma(1, x, y) is x + y
                c.kernels.pointwise().axpy(1, c.x.data(), from, c.y.data(), to, n);
            }
        }
    }

    @Override
    public void step(Cell cell) {
        SequenceCheck.step(cell);
        step(cell, cell.shape().rows());
    }

    private void step(Cell cell, int rows) {
        Call call = dispatch.call(Family.of(cell), STEP);
        call.cell = cell;
        dispatch.runEach(call, rows, (long) Dispatch.GATES * cell.shape().cols());
    }

    /**
     * Lets each thread take some of the samples through all steps, so that threads meet only at the
     * end; unless they are few or the weight so large that it had better be shared out.
     */
    @Override
    public void run(TimeSteps steps) {
        SequenceCheck.run(steps);
        if (steps.cells().length == 0 || steps.c()[0].rows() == 0) {
            return;
        }
        Matrix c = steps.c()[0];
        int tiles = Math.ceilDiv(c.rows(), TILE);
        boolean apart = tiles > 1 && steps.weight().size() <= ProductKernels.MOST_PREPACKED;
        if (!apart && dispatch.threads() > 1) {
            runStepByStep(steps);
            return;
        }
        long work = (long) steps.cells().length * TILE * steps.weight().size();
        int largest = Math.min(c.rows(), dispatch.chunk(tiles, work) * TILE);
        Family family = Family.ofProducts(largest, steps.a()[0].cols(), c.cols());
        Call call = dispatch.call(family, RUN);
        call.others = dispatch.kernels(Family.of(steps.cells()[0]));
        call.steps = steps;
        dispatch.runEach(call, tiles, work);
    }

    private void runStepByStep(TimeSteps steps) {
        for (int s = 0; s < steps.cells().length; s++) {
            int rows = steps.rows(s);
            if (rows == 0) {
                continue;
            }
            if (steps.backward()) {
                project(steps, s, rows);
                step(steps.cells()[s], rows);
            }
            products.gemmRows(
                    steps.transpose(),
                    steps.a()[s],
                    steps.weight(),
                    steps.beta(),
                    steps.c()[s],
                    steps.epilogue(),
                    rows);
            if (!steps.backward()) {
                step(steps.cells()[s], rows);
                project(steps, s, rows);
            }
        }
    }

    private void project(TimeSteps steps, int s, int rows) {
        if (steps.projection() != null) {
            products.gemmRows(
                    steps.transpose(),
                    steps.projection().from()[s],
                    steps.projection().weight(),
                    0,
                    steps.projection().to()[s],
                    Epilogue.NONE,
                    rows);
        }
    }

    @Override
    public void multiplyEach(
            Transpose transpose, Matrix[] a, Matrix[] b, float alpha, float beta, Matrix[] c) {
        SequenceCheck.multiplyEach(transpose, a, b, beta, c);
        if (c.length == 0) {
            return;
        }
        int depth = transpose.depth(a[0]);
        Family family = Family.ofProducts(c[0].rows(), depth, c[0].cols());
        Call call = dispatch.call(family, MULTIPLY_EACH);
        if (alpha != 1) {
            call.others = dispatch.kernels(Family.POINTWISE);
        }
        call.transpose = transpose;
        call.a = a;
        call.b = b;
        call.alpha = alpha;
        call.beta = beta;
        call.c = c;
        dispatch.runEach(call, c.length, (long) c[0].size() * depth);
    }

    @Override
    public void addRows(Matrix x, int[] rows, int skipped, Matrix y) {
        SequenceCheck.addRows(x, rows, y);
        Call call = dispatch.call(Family.POINTWISE, ADD_ROWS);
        call.x = x;
        call.indices = rows;
        call.skipped = skipped;
        call.y = y;
        dispatch.runColumns(call, x.cols(), (long) Dispatch.COMPARED * x.rows());
    }
}
