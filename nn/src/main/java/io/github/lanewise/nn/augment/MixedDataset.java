package io.github.lanewise.nn.augment;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.data.WrappedDataset;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.ObjectPool;

/**
 * A dataset each of whose samples is mixed, in training, with a random other one, and the targets
 * in the same shares. Labels become rows of probabilities, for {@code SoftmaxCrossEntropy}. Partner
 * and share are a function of (seed, epoch, number of the sample). Outside of training, samples are
 * as they are.
 */
public final class MixedDataset extends WrappedDataset {

    /** Puts some of another sample into one. */
    private interface Mix {
        /**
         * @param share of the sample that should stay
         * @return the share that does
         */
        float mix(Shape shape, float[] sample, float[] other, float share, RandomStream random);
    }

    private final int classes;
    private final double alpha;
    private final Mix mix;
    private final RandomStream stream;
    private final ObjectPool<Room> rooms = new ObjectPool<>(Room::new);

    /** One partner, and the labels of a batch. */
    private final class Room {
        final int[] row = new int[1];
        final Matrix partner = Matrix.zeros(1, source.shape().features());
        final Targets target = source.targetBuffer(1);
        final float[] sample = new float[source.shape().features()];
        Targets batch = target;

        Targets batch(int size) {
            if (batch.size() != size) {
                batch = source.targetBuffer(size);
            }
            return batch;
        }
    }

    private MixedDataset(Dataset source, int classes, double alpha, long seed, Mix mix) {
        super(source);
        this.classes = classes;
        this.alpha = alpha;
        this.mix = mix;
        this.stream = new RandomStream(seed).stream("mix");
        Dataset.requireRandomAccess("mix", source);
        if (source.lengthBuffer(1) != null) {
            throw new IllegalArgumentException(
                    "mix: samples are sequences of unequal length; only samples of one length are"
                            + " mixed");
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "mix: alpha is %s; it must be above 0".formatted(alpha));
        }
        Targets targets = source.targetBuffer(1);
        boolean labels = targets instanceof Targets.Labels one && one.perSample() == 1;
        if (!labels && !(targets instanceof Targets.Values)) {
            throw new IllegalArgumentException(
                    "mix: targets are %s; they must be one label or a row of numbers for each sample"
                            .formatted(targets.getClass().getSimpleName()));
        }
        if (labels && classes < 1) {
            throw new IllegalArgumentException(
                    "mix: %s classes; there must be 1 or more".formatted(classes));
        }
        if (labels && source.targets() instanceof Targets.Labels all) {
            for (int label : all.classes()) {
                requireClass(label);
            }
        }
    }

    private void requireClass(int label) {
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(
                    "mix: a label is %s; it must be from 0 to %s".formatted(label, classes - 1));
        }
    }

    /**
     * Mixes the values of samples: share times one plus the rest times the other (Zhang and others,
     * "mixup: beyond empirical risk minimization", 2018).
     *
     * @param classes how many there are; not looked at if targets are rows of numbers
     * @param alpha of the share's distribution Beta(alpha, alpha), above 0; 0.2 is usual
     * @throws IllegalArgumentException if a number is out of range, or the targets cannot be mixed
     */
    public static MixedDataset mixup(Dataset source, int classes, double alpha, long seed) {
        return new MixedDataset(source, classes, alpha, seed, MixedDataset::blend);
    }

    /**
     * Puts a rectangle of one image into the other (Yun and others, "CutMix", 2019).
     *
     * @param classes how many there are; not looked at if targets are rows of numbers
     * @param alpha of the share's distribution Beta(alpha, alpha), above 0; 1 is usual
     * @throws IllegalArgumentException if a number is out of range, samples are no images, or the
     *     targets cannot be mixed
     */
    public static MixedDataset cutmix(Dataset source, int classes, double alpha, long seed) {
        Checks.requireImage("cutmix", source.shape());
        return new MixedDataset(source, classes, alpha, seed, MixedDataset::paste);
    }

    private static float blend(
            Shape shape, float[] sample, float[] other, float share, RandomStream random) {
        for (int i = 0; i < sample.length; i++) {
            sample[i] = Math.fma(share, sample[i] - other[i], other[i]);
        }
        return share;
    }

    private static float paste(
            Shape shape, float[] sample, float[] other, float share, RandomStream random) {
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        double side = StrictMath.sqrt(1 - share);
        int centreX = random.nextInt(width);
        int centreY = random.nextInt(height);
        int left = (int) Math.max(0, Math.round(centreX - width * side / 2));
        int right = (int) Math.min(width, Math.round(centreX + width * side / 2));
        int top = (int) Math.max(0, Math.round(centreY - height * side / 2));
        int bottom = (int) Math.min(height, Math.round(centreY + height * side / 2));
        for (int c = 0; c < shape.dimension(0); c++) {
            for (int y = top; y < bottom && left < right; y++) {
                int row = (c * height + y) * width;
                System.arraycopy(other, row + left, sample, row + left, right - left);
            }
        }
        int pasted = Math.max(0, right - left) * Math.max(0, bottom - top);
        return 1 - (float) pasted / (height * width);
    }

    /** Returns null: labels become probabilities when they are gathered. */
    @Override
    public Targets targets() {
        return null;
    }

    @Override
    public Targets targetBuffer(int batch) {
        Targets like = source.targetBuffer(batch);
        return like instanceof Targets.Labels ? Targets.values(Matrix.zeros(batch, classes)) : like;
    }

    @Override
    public void gather(int[] rows, long epoch, Matrix inputs, Targets targets) {
        Room room = rooms.take();
        Targets own = room.batch(inputs.rows());
        source.gather(rows, epoch, inputs, own);
        Matrix into = ((Targets.Values) targets).rows();
        for (int i = 0; i < inputs.rows(); i++) {
            put(own, i, 0, into, i);
            if (epoch != NO_EPOCH) {
                float share = mixRow(room, rows[i], epoch, inputs, i);
                put(room.target, 0, share, into, i);
            }
        }
        rooms.give(room);
    }

    private float mixRow(Room room, int number, long epoch, Matrix inputs, int i) {
        RandomStream random = stream.stream(epoch).stream(number);
        float share = (float) beta(random);
        room.row[0] = random.nextInt(size());
        source.gather(room.row, epoch, room.partner, room.target);
        int at = inputs.offset() + i * inputs.ld();
        System.arraycopy(inputs.data(), at, room.sample, 0, inputs.cols());
        float stays = mix.mix(shape(), room.sample, room.partner.data(), share, random);
        System.arraycopy(room.sample, 0, inputs.data(), at, inputs.cols());
        return stays;
    }

    /** Makes a row of targets: share of what it is, the rest of another. */
    private void put(Targets other, int row, float share, Matrix into, int to) {
        int at = into.offset() + to * into.ld();
        for (int j = 0; j < into.cols(); j++) {
            float kept = share == 0 ? 0 : into.data()[at + j] * share;
            into.data()[at + j] = Math.fma(1 - share, target(other, row, j), kept);
        }
    }

    private float target(Targets targets, int row, int column) {
        if (targets instanceof Targets.Values values) {
            return values.rows().at(row, column);
        }
        int label = ((Targets.Labels) targets).classes()[row];
        requireClass(label);
        return label == column ? 1 : 0;
    }

    /** Draws from Beta(alpha, alpha): x / (x + y) of two numbers of the gamma distribution. */
    private double beta(RandomStream random) {
        double x = gamma(random);
        double y = gamma(random);
        return x + y > 0 ? x / (x + y) : random.uniform();
    }

    /** By Marsaglia and Tsang (2000); below 1 by the number of alpha + 1 (their section 6). */
    private double gamma(RandomStream random) {
        double shape = alpha < 1 ? alpha + 1 : alpha;
        double d = shape - 1 / 3.0;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = random.gaussian();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            double cube = v * v * v;
            double u = 1 - random.uniform();
            if (StrictMath.log(u) < x * x / 2 + d - d * cube + d * StrictMath.log(cube)) {
                double boost = alpha < 1 ? StrictMath.pow(1 - random.uniform(), 1 / alpha) : 1;
                return d * cube * boost;
            }
        }
    }
}
