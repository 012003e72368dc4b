package io.github.lanewise.engine.internal.parallel;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Normalizations;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.NormalizationKernels;
import io.github.lanewise.engine.internal.PerThread;

/** Shares out rows, and for {@link #columnDots} columns. */
final class ParallelNormalizations implements Normalizations {

    private final KernelSource source;
    private final Team team;
    private final PerThread<Part> parts = PerThread.withInitial(Part::new);

    ParallelNormalizations(KernelSource source, Team team) {
        this.source = source;
        this.team = team;
    }

    private enum Operation {
        NORMALIZE,
        GRADIENT,
        COLUMN_DOTS
    }

    /** One call: see {@link Call}. */
    private static final class Part implements Team.Job {

        private final Shares shares = new Shares();
        private NormalizationKernels kernels;
        private Operation operation;
        private RowNorm norm;
        private Matrix x;
        private Matrix y;
        private Matrix z;
        private Matrix weight;
        private Matrix bias;
        private Matrix scales;
        private float beta;

        @Override
        public void run(int part) {
            int from = shares.from(part);
            int to = shares.to(part);
            switch (operation) {
                case NORMALIZE -> kernels.normalize(norm, x, weight, bias, z, scales, y, from, to);
                case GRADIENT -> kernels.normalizeGradient(norm, x, scales, weight, y, z, from, to);
                case COLUMN_DOTS -> kernels.columnDots(x, y, beta, z, from, to);
            }
        }

        void clear() {
            x = null;
            y = null;
            z = null;
            weight = null;
            bias = null;
            scales = null;
        }
    }

    @Override
    public void normalize(
            RowNorm norm,
            Matrix x,
            Matrix weight,
            Matrix bias,
            Matrix normalized,
            Matrix scales,
            Matrix y) {
        Part part = part(Operation.NORMALIZE, x, y, normalized);
        part.norm = norm;
        part.weight = weight;
        part.bias = bias;
        part.scales = scales;
        run(part, part.shares.split(x.rows(), x.cols(), team.threads()));
    }

    @Override
    public void normalizeGradient(
            RowNorm norm, Matrix normalized, Matrix scales, Matrix weight, Matrix dy, Matrix dx) {
        Part part = part(Operation.GRADIENT, normalized, dy, dx);
        part.norm = norm;
        part.weight = weight;
        part.scales = scales;
        run(part, part.shares.split(dy.rows(), dy.cols(), team.threads()));
    }

    @Override
    public void columnDots(Matrix x, Matrix y, float beta, Matrix sums) {
        Part part = part(Operation.COLUMN_DOTS, x, y, sums);
        part.beta = beta;
        run(part, part.shares.split(x.cols(), x.rows(), team.threads()));
    }

    private Part part(Operation operation, Matrix x, Matrix y, Matrix z) {
        Part part = parts.get();
        part.kernels = source.current(Family.NORMALIZATIONS).normalizations();
        part.operation = operation;
        part.x = x;
        part.y = y;
        part.z = z;
        return part;
    }

    private void run(Part part, int count) {
        try {
            team.run(count, part);
        } finally {
            part.clear();
        }
    }
}
