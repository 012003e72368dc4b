package io.github.lanewise.nn.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What each augmentation makes of a sample. */
class AugmentationsTest {

    private static final int DRAWS = 200;

    private static float[] ramp(int size) {
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = i + 1;
        }
        return x;
    }

    private static float[] applied(Augmentation one, Shape shape, float[] from, long seed) {
        float[] to = new float[from.length];
        Arrays.fill(to, Float.NaN);
        one.apply(shape, from.clone(), to, new RandomStream(seed));
        return to;
    }

    @Test
    void flipTurnsOneDimensionRound() {
        Shape image = new Shape(2, 2, 3);
        float[] x = ramp(12);
        assertArrayEquals(
                new float[] {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10},
                applied(RandomFlip.horizontal(1), image, x, 1));
        assertArrayEquals(
                new float[] {4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9},
                applied(RandomFlip.vertical(1), image, x, 1));
        assertArrayEquals(x, applied(RandomFlip.vertical(0), image, x, 1));
        assertArrayEquals(
                new float[] {5, 6, 3, 4, 1, 2},
                applied(new RandomFlip(1, 0), new Shape(3, 2), ramp(6), 1));
    }

    @Test
    void shiftMovesByUpToSoMuchEitherWay() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            seen.add(
                    Arrays.toString(
                            applied(new RandomShift(1, 0), new Shape(3, 2), ramp(6), seed)));
        }
        assertEquals(
                Set.of(
                        "[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]",
                        "[0.0, 0.0, 1.0, 2.0, 3.0, 4.0]",
                        "[3.0, 4.0, 5.0, 6.0, 0.0, 0.0]"),
                seen);
    }

    @Test
    void cropIsAnyWindowOfThePaddedImage() {
        Shape shape = new Shape(1, 2, 3);
        float[] x = ramp(6);
        Set<String> expected = new HashSet<>();
        for (int down = -2; down <= 2; down++) {
            for (int right = -2; right <= 2; right++) {
                float[] y = new float[6];
                for (int i = 0; i < 6; i++) {
                    int row = i / 3 + down;
                    int col = i % 3 + right;
                    boolean inside = row >= 0 && row < 2 && col >= 0 && col < 3;
                    y[i] = inside ? x[row * 3 + col] : -7;
                }
                expected.add(Arrays.toString(y));
            }
        }
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 2 * DRAWS; seed++) {
            seen.add(Arrays.toString(applied(new RandomCrop(2, -7), shape, x, seed)));
        }
        assertEquals(expected, seen);
    }

    @Test
    void affineWithoutAnythingIsTheIdentity() {
        assertEquals(new RandomAffine(30, 0, 1, 1, 0, 0), RandomAffine.rotation(30));
        float[] x = ramp(2 * 5 * 4);
        assertArrayEquals(x, applied(new RandomAffine(0, 0, 1, 1, 0, 9), new Shape(2, 5, 4), x, 3));
    }

    /**
     * Bilinear interpolation of a plane is exact: each pixel tells from where it was read, and the
     * map forward, by the numbers that were drawn, must lead from there to it.
     */
    @Test
    void affineReadsWhereTheMapComesFrom() {
        int side = 21;
        Shape shape = new Shape(2, side, side);
        float[] x = new float[2 * side * side];
        for (int i = 0; i < side * side; i++) {
            x[i] = i % side;
            x[side * side + i] = i / side;
        }
        RandomAffine affine = new RandomAffine(25, 0.1, 0.8, 1.3, 15, Float.NaN);
        int inside = 0;
        for (int seed = 0; seed < 20; seed++) {
            float[] y = applied(affine, shape, x, seed);
            RandomStream random = new RandomStream(seed);
            double angle = Math.toRadians(50 * random.uniform() - 25);
            double right = (0.2 * random.uniform() - 0.1) * side;
            double down = (0.2 * random.uniform() - 0.1) * side;
            double scale = 0.8 + 0.5 * random.uniform();
            double lean = Math.tan(Math.toRadians(30 * random.uniform() - 15));
            for (int i = 0; i < side * side; i++) {
                if (!Float.isNaN(y[i])) {
                    inside++;
                    double dx = y[i] - 10;
                    double dy = y[side * side + i] - 10;
                    double row = scale * (Math.sin(angle) * dx + Math.cos(angle) * dy);
                    double col = scale * (Math.cos(angle) * dx - Math.sin(angle) * dy);
                    assertEquals(i / side, row + down + 10, 1e-4);
                    assertEquals(i % side, col + lean * row + right + 10, 1e-4);
                }
            }
        }
        assertTrue(inside > 20 * side * side / 2, inside + " pixels inside");
    }

    @Test
    void erasingCoversARectangleInAllChannels() {
        Shape shape = new Shape(2, 12, 10);
        float[] x = ramp(240);
        int untouched = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] y = applied(new RandomErasing(0.5, 0.1, 0.3, 0.5, 2, -1), shape, x, seed);
            int left = 10;
            int right = -1;
            int top = 12;
            int bottom = -1;
            int count = 0;
            for (int i = 0; i < 120; i++) {
                assertEquals(y[i] == -1, y[120 + i] == -1);
                assertTrue(y[i] == -1 || y[i] == x[i]);
                if (y[i] == -1) {
                    count++;
                    left = Math.min(left, i % 10);
                    right = Math.max(right, i % 10);
                    top = Math.min(top, i / 10);
                    bottom = Math.max(bottom, i / 10);
                }
            }
            if (count == 0) {
                untouched++;
                continue;
            }
            assertEquals(count, (right - left + 1) * (bottom - top + 1));
            // sides are rounded to whole pixels
            assertTrue(count >= 6 && count <= 45, "pixels " + count);
        }
        assertEquals(DRAWS / 2, untouched, 5 * Math.sqrt(DRAWS / 4.0));
    }

    @Test
    void maskCoversARunOfPositions() {
        Shape shape = new Shape(6, 2);
        Set<Integer> counts = new HashSet<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] y = applied(new RandomMask(3, 0), shape, ramp(12), seed);
            int covered = 0;
            int changes = 0;
            for (int i = 0; i < 6; i++) {
                assertEquals(y[2 * i] == 0, y[2 * i + 1] == 0);
                covered += y[2 * i] == 0 ? 1 : 0;
                changes += i > 0 && y[2 * i] == 0 != (y[2 * i - 2] == 0) ? 1 : 0;
            }
            assertTrue(changes <= 2);
            counts.add(covered);
        }
        assertEquals(Set.of(0, 1, 2, 3), counts);
    }

    /** A straight line stays one, with a smaller slope. */
    @Test
    void windowStretchesAPart() {
        Shape shape = new Shape(11, 1);
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] y = applied(new RandomWindow(0.6, 0), shape, ramp(11), seed);
            float slope = y[1] - y[0];
            assertTrue(slope >= 0.6f - 1e-5 && slope <= 1 + 1e-5, "slope " + slope);
            assertTrue(y[0] >= 1 && y[10] <= 11 + 1e-5);
            for (int i = 1; i < 11; i++) {
                assertEquals(slope, y[i] - y[i - 1], 1e-4);
            }
        }
        assertArrayEquals(ramp(2), applied(new RandomWindow(0.5, 0), new Shape(1, 2), ramp(2), 1));
    }

    @Test
    void noiseHasItsDeviationAndScaleItsRange() {
        float[] noise = applied(new RandomNoise(2), new Shape(20_000), new float[20_000], 1);
        double squares = 0;
        for (float x : noise) {
            squares += x * x;
        }
        assertEquals(4, squares / 20_000, 4 * 5 * Math.sqrt(2 / 20_000.0));
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] y = applied(new RandomScale(0.5, 3), new Shape(2), new float[] {1, -2}, seed);
            assertTrue(y[0] >= 0.5 && y[0] <= 3);
            assertEquals(-2 * y[0], y[1]);
        }
    }
}
