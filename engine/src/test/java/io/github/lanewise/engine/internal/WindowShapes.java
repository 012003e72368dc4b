package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;

import java.util.List;

/**
 * Convolutions with every kind of edge: about the lanes, padded, strided, dilated, in groups,
 * direct and by Winograd's algorithm.
 */
final class WindowShapes {

    private WindowShapes() {}

    static final List<Convolution> ALL =
            List.of(
                    shape(1, 1, 1, axis(1, 1, 1, 0, 1), axis(1, 1, 1, 0, 1)),
                    shape(1, 16, 1, axis(28, 5, 1, 0, 1), axis(28, 5, 1, 0, 1)),
                    shape(16, 32, 1, axis(12, 5, 1, 0, 1), axis(12, 5, 1, 0, 1)),
                    shape(3, 8, 1, axis(9, 3, 1, 1, 1), axis(17, 3, 1, 1, 1)),
                    shape(2, 9, 1, axis(8, 3, 2, 1, 1), axis(33, 3, 2, 1, 1)),
                    shape(2, 5, 1, axis(7, 3, 3, 2, 1), axis(40, 4, 3, 0, 1)),
                    shape(4, 6, 2, axis(6, 3, 1, 2, 2), axis(19, 3, 1, 1, 2)),
                    shape(6, 6, 6, axis(9, 3, 1, 1, 1), axis(16, 3, 1, 1, 1)),
                    shape(5, 11, 1, axis(4, 1, 1, 0, 1), axis(8, 1, 1, 0, 1)),
                    shape(3, 4, 1, axis(1, 1, 1, 0, 1), axis(65, 7, 2, 3, 1)),
                    // the last rows and columns are seen by no window
                    shape(2, 10, 1, axis(8, 2, 3, 0, 1), axis(36, 2, 5, 0, 1)),
                    // windows that lie in the padding alone
                    shape(2, 9, 1, axis(2, 2, 1, 3, 1), axis(3, 2, 1, 4, 3)),
                    // one output sees beyond the padding, as with a ceiling
                    shape(2, 8, 1, new Axis(5, 3, 2, 1, 1, 4), new Axis(20, 3, 2, 1, 1, 12)),
                    // deeper than a block of sums, and more patches than one block holds
                    shape(40, 17, 1, axis(25, 3, 1, 1, 1), axis(37, 3, 1, 1, 1)),
                    // strided weight gradients: rows, taps and positions that fill no block, groups
                    shape(3, 6, 1, axis(12, 3, 1, 1, 1), axis(13, 3, 1, 1, 1)),
                    shape(4, 10, 2, axis(13, 3, 1, 0, 1), axis(30, 4, 2, 1, 1)),
                    shape(1, 7, 1, axis(17, 5, 1, 2, 1), axis(20, 6, 1, 0, 2)),
                    // Winograd's: last tiles stick out, channels next to the lanes
                    shape(17, 20, 1, axis(13, 3, 1, 1, 1), axis(9, 3, 1, 1, 1)),
                    // in groups, with two kinds of kernel
                    shape(32, 48, 2, axis(12, 3, 1, 1, 1), axis(14, 5, 1, 2, 1)),
                    // tiles that lie in the padding alone
                    shape(16, 16, 1, axis(3, 3, 1, 5, 1), axis(13, 3, 1, 4, 1)),
                    shape(16, 16, 1, axis(3, 5, 1, 5, 1), axis(13, 3, 1, 4, 1)),
                    // with six points, also of images that one tile covers
                    shape(33, 20, 1, axis(16, 3, 1, 1, 1), axis(15, 3, 1, 1, 1)),
                    shape(40, 64, 2, axis(4, 3, 1, 1, 1), axis(6, 3, 1, 0, 1)),
                    // more tiles in an image than are taken at a time
                    shape(16, 40, 1, axis(29, 5, 1, 0, 1), axis(33, 5, 1, 1, 1)),
                    // strided and dilated: elements that no tap sees, a row shorter than the stride
                    shape(2, 5, 1, axis(11, 3, 2, 2, 3), axis(37, 3, 2, 1, 3)),
                    shape(2, 5, 1, axis(9, 2, 3, 1, 2), axis(45, 4, 4, 3, 6)),
                    shape(1, 4, 1, axis(3, 3, 5, 1, 1), axis(3, 3, 5, 1, 1)),
                    // a single tap: in groups, strided, and last ones that see nothing or are none
                    shape(66, 40, 2, axis(17, 1, 1, 0, 1), axis(16, 1, 1, 0, 1)),
                    shape(9, 20, 1, axis(39, 1, 2, 0, 1), axis(28, 1, 3, 0, 1)),
                    shape(9, 20, 1, new Axis(5, 1, 2, 0, 1, 4), new Axis(9, 1, 1, 0, 1, 7)),
                    shape(9, 20, 1, new Axis(5, 1, 2, 0, 1, 2), new Axis(9, 1, 1, 0, 1, 9)));

    /** Those whose weight gradients are strided. */
    static final List<Convolution> STRIDED = ALL.subList(14, 17);

    /** Those that go by Winograd's algorithm, but for larger ones. */
    static final List<Convolution> WINOGRAD = ALL.subList(17, 23);

    /** Those of a single tap. */
    static final List<Convolution> POINTWISE = ALL.subList(27, 31);

    /** One of each way, for tests that take long. */
    static final List<Convolution> FEW =
            List.of(
                    ALL.get(6),
                    STRIDED.get(1),
                    WINOGRAD.get(1),
                    WINOGRAD.get(5),
                    POINTWISE.get(0),
                    POINTWISE.get(1));

    private static Axis axis(int size, int kernel, int stride, int padding, int dilation) {
        return Axis.of(size, kernel, stride, padding, dilation);
    }

    private static Convolution shape(int in, int out, int groups, Axis rows, Axis cols) {
        return new Convolution(in, out, groups, new Window(rows, cols));
    }
}
