package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.WinogradPoints;

import java.util.List;
import java.util.stream.Stream;

/** Convolutions by Winograd's algorithm of one tile: one that is all image, one with padding. */
final class WinogradProbe implements FamilyProbe {

    private static final int IN = 16;

    /** Whole micropanels, and a vector more. */
    private static final int OUT = 40;

    /** Images of the cases: tiles for half a micropanel, and for more. */
    private static final int[] IMAGES = {2, 5};

    private final List<Case> cases;

    WinogradProbe(WinogradPoints points) {
        List<Convolution> shapes = shapes(points);
        cases = List.of(new Case(shapes.get(0), IMAGES[0]), new Case(shapes.get(1), IMAGES[1]));
    }

    /** Operands of all three directions. */
    private static final class Case {

        private final Convolution shape;
        private final int images;
        private final Matrix x;
        private final Matrix weight;
        private final Matrix y;
        private final Matrix dx;
        private final Matrix dWeight;

        Case(Convolution shape, int images) {
            this.shape = shape;
            this.images = images;
            x = operand(images, IN * shape.window().inputs());
            weight = operand(OUT, shape.depth());
            y = operand(images, OUT * shape.window().outputs());
            dx = operand(x.rows(), x.cols());
            dWeight = operand(OUT, shape.depth());
        }

        Stream<Kernel> kernels() {
            return Stream.of(this::forward, this::weightGradient, this::inputGradient);
        }

        /** With weights that are new each time, as {@code RecentWeights} would know the old. */
        private void forward(KernelSet set, int length) {
            weight.data()[weight.offset()]++;
            set.convolutions().convolve(shape, x, weight, y, Epilogue.NONE, 0, images);
        }

        private void weightGradient(KernelSet set, int length) {
            set.convolutions().weightGradient(shape, x, y, 0, dWeight, 0, OUT, 0, shape.depth());
        }

        private void inputGradient(KernelSet set, int length) {
            set.convolutions().inputGradient(shape, y, weight, dx, Epilogue.NONE, 0, images);
        }
    }

    /** Returns what is probed. */
    static List<Convolution> shapes(WinogradPoints points) {
        return switch (points) {
            case SIX -> List.of(shape(Axis.of(6, 3, 1, 0, 1)), shape(Axis.of(4, 3, 1, 1, 1)));
            case EIGHT -> List.of(shape(Axis.of(8, 5, 1, 0, 1)), shape(Axis.of(6, 3, 1, 1, 1)));
        };
    }

    private static Convolution shape(Axis axis) {
        return new Convolution(IN, OUT, 1, new Window(axis, axis));
    }

    @Override
    public List<Kernel> kernels() {
        return cases.stream().flatMap(Case::kernels).toList();
    }
}
