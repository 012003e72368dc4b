package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.internal.CellKernels;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.PerThread;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.ProductKernels;

/** Shares out samples of one step or of all, products, or the columns of rows that are added. */
final class ParallelSequences implements Sequences {

    /** An element of a gate costs about as much as moving so many. */
    private static final int GATE_COST = 8;

    /** So many fused multiply-adds take as long as moving one element. */
    private static final int PRODUCTS_PER_ELEMENT = 8;

    /** Samples that a tile of a product takes at a time. */
    private static final int TILE = 8;

    private final KernelSource source;
    private final Team team;
    private final Products products;
    private final PerThread<Part> parts = PerThread.withInitial(Part::new);

    ParallelSequences(KernelSource source, Team team, Products products) {
        this.source = source;
        this.team = team;
        this.products = products;
    }

    /** One call: see {@link Call}. Which operation it is shows in what is there. */
    private static final class Part implements Team.Job {

        private final Shares shares = new Shares();
        private ProductKernels products;
        private PointwiseKernels pointwise;
        private CellKernels cells;
        private Cell cell;
        private TimeSteps steps;
        private Transpose transpose;
        private Matrix[] a;
        private Matrix[] b;
        private Matrix[] c;
        private float alpha;
        private Matrix x;
        private Matrix y;
        private int[] rows;
        private int skipped;

        @Override
        public void run(int part) {
            int from = shares.from(part);
            int to = shares.to(part);
            if (steps != null) {
                int samples = steps.c()[0].rows();
                run(steps, from * TILE, Math.min(samples, to * TILE));
            } else if (cell != null) {
                cells.step(cell, from, to);
            } else if (c != null) {
                for (int s = from; s < to; s++) {
                    multiply(a[s], b[s], c[s]);
                }
            } else {
                addRows(from, to - from);
            }
        }

        /** Takes some samples through all time steps. */
        private void run(TimeSteps steps, int from, int to) {
            products.prepack(steps.transpose(), steps.weight(), to - from);
            for (int s = 0; s < steps.cells().length; s++) {
                if (steps.backward()) {
                    cells.step(steps.cells()[s], from, to);
                }
                products.gemmPrepacked(
                        steps.transpose(),
                        steps.a()[s],
                        steps.weight(),
                        steps.beta(),
                        steps.c()[s],
                        steps.epilogue(),
                        from,
                        to);
                if (!steps.backward()) {
                    cells.step(steps.cells()[s], from, to);
                }
            }
        }

        private void multiply(Matrix left, Matrix right, Matrix product) {
            int m = product.rows();
            int n = product.cols();
            products.gemm(transpose, left, right, 0, product, Epilogue.NONE, 0, m, 0, n);
            for (int i = 0; i < m && alpha != 1; i++) {
                int at = product.offset() + i * product.ld();
                pointwise.scale(alpha, product.data(), at, n);
            }
        }

        private void addRows(int col, int n) {
            for (int i = 0; i < x.rows(); i++) {
                if (rows[i] != skipped) {
                    int from = x.offset() + i * x.ld() + col;
                    int to = y.offset() + rows[i] * y.ld() + col;
                    // fma(1, x, y) is x + y
                    pointwise.axpy(1, x.data(), from, y.data(), to, n);
                }
            }
        }

        void clear() {
            cell = null;
            steps = null;
            a = null;
            b = null;
            c = null;
            x = null;
            y = null;
            rows = null;
        }
    }

    @Override
    public void step(Cell cell) {
        Part part = parts.get();
        part.cells = source.current(Family.of(cell)).cells();
        part.cell = cell;
        Matrix shape = cell.shape();
        run(part, part.shares.split(shape.rows(), GATE_COST * shape.cols(), team.threads()));
    }

    /**
     * Lets each thread take some of the samples through all steps, so that threads meet only at the
     * end; unless they are few or the weight so large that it had better be shared out.
     */
    @Override
    public void run(TimeSteps steps) {
        if (steps.cells().length == 0 || steps.c()[0].rows() == 0) {
            return;
        }
        Matrix c = steps.c()[0];
        int tiles = Math.ceilDiv(c.rows(), TILE);
        boolean apart = tiles > 1 && steps.weight().size() <= ProductKernels.MOST_PREPACKED;
        if (!apart && team.threads() > 1) {
            runStepByStep(steps);
            return;
        }
        Part part = parts.get();
        long products = (long) steps.cells().length * TILE * steps.weight().size();
        long work = products / PRODUCTS_PER_ELEMENT;
        int count = part.shares.split(tiles, work, team.threads());
        int largest = Math.min(c.rows(), part.shares.to(0) * TILE);
        part.products = productsFor(largest, steps.a()[0].cols(), c.cols());
        part.cells = source.current(Family.of(steps.cells()[0])).cells();
        part.steps = steps;
        run(part, count);
    }

    private ProductKernels productsFor(int m, int k, int n) {
        return source.current(Family.ofProducts(m, k, n)).products();
    }

    private void runStepByStep(TimeSteps steps) {
        for (int s = 0; s < steps.cells().length; s++) {
            if (steps.backward()) {
                step(steps.cells()[s]);
            }
            products.gemm(
                    steps.transpose(),
                    steps.a()[s],
                    steps.weight(),
                    steps.beta(),
                    steps.c()[s],
                    steps.epilogue());
            if (!steps.backward()) {
                step(steps.cells()[s]);
            }
        }
    }

    @Override
    public void multiplyEach(Transpose transpose, Matrix[] a, Matrix[] b, float alpha, Matrix[] c) {
        if (c.length == 0) {
            return;
        }
        Part part = parts.get();
        int depth = transpose.depth(a[0]);
        part.products = productsFor(c[0].rows(), depth, c[0].cols());
        if (alpha != 1) {
            part.pointwise = source.current(Family.POINTWISE).pointwise();
        }
        part.transpose = transpose;
        part.a = a;
        part.b = b;
        part.alpha = alpha;
        part.c = c;
        long work = (long) c[0].size() * depth / PRODUCTS_PER_ELEMENT;
        run(part, part.shares.split(c.length, work, team.threads()));
    }

    @Override
    public void addRows(Matrix x, int[] rows, int skipped, Matrix y) {
        Part part = parts.get();
        part.pointwise = source.current(Family.POINTWISE).pointwise();
        part.x = x;
        part.rows = rows;
        part.skipped = skipped;
        part.y = y;
        run(part, part.shares.split(x.cols(), x.rows(), team.threads()));
    }

    private void run(Part part, int count) {
        try {
            team.run(count, part);
        } finally {
            part.clear();
        }
    }
}
