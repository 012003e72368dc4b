package io.github.lanewise.nn.augment;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.Numbers;

/**
 * Rotates, moves, scales and shears images about their centre, with bilinear interpolation; what
 * comes in from outside has one value.
 *
 * @param degrees largest rotation, either way
 * @param translate largest move along each axis, either way, as a share of the size
 * @param minScale smallest factor of the size, above 0
 * @param maxScale largest
 * @param shear largest angle, in degrees, either way, by which columns lean
 * @param fill what comes in from outside
 */
public record RandomAffine(
        double degrees,
        double translate,
        double minScale,
        double maxScale,
        double shear,
        float fill)
        implements Augmentation {

    /** Checks the numbers. */
    public RandomAffine {
        Checks.requireRange("RandomAffine", "degrees", 0, degrees, true);
        Numbers.requireShare("RandomAffine", "translate", translate);
        Checks.requireRange("RandomAffine", "scale", minScale, maxScale, false);
        if (!(shear >= 0 && shear < 90)) {
            throw new IllegalArgumentException(
                    "RandomAffine: shear is %s degrees; it must be from 0 to below 90"
                            .formatted(shear));
        }
    }

    /** Rotates alone; what comes in is 0. */
    public static RandomAffine rotation(double degrees) {
        return new RandomAffine(degrees, 0, 1, 1, 0, 0);
    }

    @Override
    public void check(Shape shape) {
        Checks.requireImage("RandomAffine", shape);
    }

    @Override
    public void apply(Shape shape, float[] from, float[] to, RandomStream random) {
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        double angle = StrictMath.toRadians(between(random, -degrees, degrees));
        double right = between(random, -translate, translate) * width;
        double down = between(random, -translate, translate) * height;
        double scale = between(random, minScale, maxScale);
        double lean = StrictMath.tan(StrictMath.toRadians(between(random, -shear, shear)));
        double cos = StrictMath.cos(angle) / scale;
        double sin = StrictMath.sin(angle) / scale;
        double x0 = (width - 1) / 2.0;
        double y0 = (height - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double dy = y - y0 - down;
                double dx = x - x0 - right - lean * dy;
                double sourceX = cos * dx + sin * dy + x0;
                double sourceY = cos * dy - sin * dx + y0;
                sample(shape, from, sourceX, sourceY, to, y * width + x);
            }
        }
    }

    private static double between(RandomStream random, double low, double high) {
        return low + (high - low) * random.uniform();
    }

    /** Reads all channels at a point between pixels. */
    private void sample(Shape shape, float[] from, double x, double y, float[] to, int place) {
        int height = shape.dimension(1);
        int width = shape.dimension(2);
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = (float) (x - left);
        float lower = (float) (y - top);
        for (int c = 0; c < shape.dimension(0); c++) {
            int image = c * height * width;
            float above = between(from, image, shape, top, left, right);
            float below = between(from, image, shape, top + 1, left, right);
            to[image + place] = Math.fma(lower, below - above, above);
        }
    }

    private float between(float[] from, int image, Shape shape, int y, int x, float share) {
        int width = shape.dimension(2);
        if (y < 0 || y >= shape.dimension(1)) {
            return fill;
        }
        int at = image + y * width + x;
        float a = x >= 0 && x < width ? from[at] : fill;
        float b = x + 1 >= 0 && x + 1 < width ? from[at + 1] : fill;
        return Math.fma(share, b - a, a);
    }
}
