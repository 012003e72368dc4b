package io.github.lanewise.engine.internal.simd.winograd;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.WinogradPoints;
import io.github.lanewise.engine.internal.simd.support.Lanes;

/**
 * Brings tiles of images to the points, and back. Each way is two passes, down the columns and
 * along the rows, and for each way there is the transposed one.
 *
 * <pre>
 *   inputs    n x n  to the points      and their gradients  back
 *   outputs   m x m  from the points    and their gradients  there
 * </pre>
 */
final class WinogradTile {

    private static final int L = Lanes.COUNT;

    private static final int MOST = WinogradPoints.MOST * WinogradPoints.MOST * L;

    private final Patch patch = new Patch();
    private final float[] half = new float[MOST];

    private WinogradPoints points;
    private int side;
    private Axis rows;
    private Axis cols;
    private int height;
    private int width;
    private int across;

    /** Sets how images are cut into tiles. */
    void of(Window window, WinogradPoints points) {
        this.points = points;
        side = points.side();
        patch.of(side);
        rows = window.rows();
        cols = window.cols();
        height = points.outputs(rows);
        width = points.outputs(cols);
        across = points.tiles(cols);
    }

    /** Returns the tiles of an image. */
    int count() {
        return points.tiles(rows) * across;
    }

    private int top(int tile) {
        return tile / across * height;
    }

    private int left(int tile) {
        return tile % across * width;
    }

    /** Brings the inputs of a tile to the points, in a row of values. */
    void inputs(int tile, ChannelsLast image, PointValues values, int row) {
        int apart = values.apart();
        int top = top(tile) - rows.padding();
        int left = left(tile) - cols.padding();
        for (int v = 0; v * L < image.channels(); v++) {
            patch.read(image, v, top, left, side, side);
            Interpolation.transposed(
                    points, patch.data(), patch.start(), patch.row(), half, 0, side * L, L);
            int to = values.place(row, v * L);
            Interpolation.transposed(
                    points, half, 0, side * L, values.data(), to, side * apart, apart);
        }
    }

    /** Adds what a tile's values at the points send back to its inputs. */
    void addInputs(int tile, PointValues values, int row, ChannelsLast image) {
        int top = top(tile) - rows.padding();
        int left = left(tile) - cols.padding();
        int apart = values.apart();
        for (int v = 0; v * L < image.channels(); v++) {
            int from = values.place(row, v * L);
            Interpolation.run(points, values.data(), from, side * apart, apart, half);
            Interpolation.run(points, half, 0, side * L, L, patch.own());
            patch.add(image, v, top, left);
        }
    }

    /** Takes the outputs of a tile from its values at the points. */
    void outputs(int tile, PointValues values, int row, ChannelsLast image) {
        int apart = values.apart();
        for (int v = 0; v * L < image.channels(); v++) {
            int from = values.place(row, v * L);
            Evaluation.transposed(
                    points,
                    height,
                    side,
                    values.data(),
                    from,
                    side * apart,
                    apart,
                    half,
                    0,
                    side * L);
            patch.open(image, v, top(tile), left(tile), height, width);
            Evaluation.transposed(
                    points,
                    width,
                    height,
                    half,
                    0,
                    side * L,
                    L,
                    patch.data(),
                    patch.start(),
                    patch.row());
            patch.close(image, v, top(tile), left(tile), height, width);
        }
    }

    /** Brings the gradients of a tile's outputs to the points, in a row of values. */
    void gradients(int tile, ChannelsLast image, PointValues values, int row) {
        int apart = values.apart();
        for (int v = 0; v * L < image.channels(); v++) {
            patch.read(image, v, top(tile), left(tile), height, width);
            Evaluation.run(
                    points,
                    height,
                    width,
                    patch.data(),
                    patch.start(),
                    patch.row(),
                    half,
                    0,
                    side * L,
                    L);
            int to = values.place(row, v * L);
            Evaluation.run(
                    points, width, side, half, 0, side * L, values.data(), to, side * apart, apart);
        }
    }
}
