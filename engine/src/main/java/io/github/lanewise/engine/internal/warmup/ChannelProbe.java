package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.columns;
import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ChannelKernels;

import java.util.List;

/** Batch normalization of images of two sizes, and of features alone. */
final class ChannelProbe implements FamilyProbe {

    private static final int IMAGES = 2;
    private static final int CHANNELS = 4;
    private static final int FEATURES = 70;
    private static final int SMALL = 49;
    private static final int LARGE = 625;

    private final Matrix x = operand(IMAGES, CHANNELS * LARGE);
    private final Matrix dx = operand(IMAGES, CHANNELS * LARGE);
    private final Norm channels = new Norm(CHANNELS);
    private final Norm features = new Norm(FEATURES);

    /** The numbers of so many channels. */
    private record Norm(Matrix each, Matrix sums, Matrix low, Matrix squares, ChannelNorm rule) {

        Norm(int width) {
            this(operand(1, width), operand(1, width), operand(1, width), operand(1, width));
        }

        private Norm(Matrix each, Matrix sums, Matrix low, Matrix squares) {
            this(each, sums, low, squares, new ChannelNorm(each, low, each, 1, each, each));
        }

        int width() {
            return each.cols();
        }
    }

    /** What to do with images of some size. */
    private interface Step {
        void run(ChannelKernels kernels, Norm norm, Matrix x, Matrix dx);
    }

    @Override
    public List<Kernel> kernels() {
        return List.of(
                each((k, n, x, dx) -> k.channelMoments(x, n.sums, n.low, n.squares, 0, n.width())),
                each((k, n, x, dx) -> k.normalize(n.rule, Activation.RELU, x, dx, 0, IMAGES)),
                each(
                        (k, n, x, dx) ->
                                k.normalizeGradientSums(
                                        n.rule, x, dx, n.sums, n.squares, 0, n.width())),
                each(
                        (k, n, x, dx) ->
                                k.normalizeGradient(
                                        n.rule, x, n.sums, n.squares, dx, dx, 0, IMAGES)));
    }

    private Kernel each(Step step) {
        return (set, length) -> {
            for (int size : new int[] {SMALL, LARGE}) {
                int cols = CHANNELS * size;
                step.run(set.channels(), channels, columns(x, cols), columns(dx, cols));
            }
            step.run(set.channels(), features, columns(x, FEATURES), columns(dx, FEATURES));
        };
    }
}
