package io.github.lanewise.engine.internal.simd.winograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.Winograd;
import io.github.lanewise.engine.internal.WinogradPoints;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class RecentWeightsTest {

    private static final Axis AXIS = Axis.of(8, 3, 1, 1, 1);

    /** As many inputs, so that the same weights have the same place. */
    private static final Axis TALLER = Axis.of(8, 3, 1, 2, 1);

    private static final Convolution SHAPE = new Convolution(64, 64, 1, new Window(AXIS, AXIS));

    private static final WinogradPoints POINTS = Winograd.points(SHAPE);

    private final SplittableRandom random = new SplittableRandom(1);
    private final RecentWeights recent = new RecentWeights();
    private final WinogradWeights weights = new WinogradWeights();
    private final PointValues scratch = new PointValues();

    @BeforeEach
    void setShape() {
        weights.of(SHAPE.window(), POINTS);
    }

    private Matrix weight() {
        Matrix weight = Matrix.zeros(SHAPE.outChannels(), SHAPE.depth());
        for (int i = 0; i < weight.size(); i++) {
            weight.data()[i] = (float) random.nextDouble(-1, 1);
        }
        return weight;
    }

    private PointValues get(Matrix weight) {
        return recent.byInputs(POINTS, SHAPE, 0, weight, weights, scratch);
    }

    private boolean isKept(Matrix weight) {
        return get(weight) != scratch;
    }

    @Test
    void keepsWhatComesForASecondTime() {
        Matrix weight = weight();
        assertSame(scratch, get(weight));
        float[] expected = scratch.data().clone();
        PointValues kept = get(weight);
        assertNotSame(scratch, kept);
        assertArrayEquals(expected, kept.data());
        assertSame(kept, get(weight));
    }

    @Test
    void keepsNothingOfTraining() {
        Matrix weight = weight();
        for (int step = 0; step < 10; step++) {
            weight.data()[0] += 1;
            assertSame(scratch, get(weight));
        }
        for (int step = 0; step < 10; step++) {
            weight.data()[1] += 1;
            assertSame(scratch, get(weight), "most numbers stay");
        }
    }

    @Test
    void layersOfTheSameNumbersInTurnsAreKeptOnceAtMost() {
        Matrix weight = weight();
        Convolution other = new Convolution(64, 64, 1, new Window(AXIS, TALLER));
        int made = 0;
        PointValues last = null;
        for (int turn = 0; turn < 40; turn++) {
            // Two threads, each with a part of the images, ask twice.
            Convolution shape = turn / 2 % 2 == 0 ? SHAPE : other;
            PointValues values = recent.byInputs(POINTS, shape, 0, weight, weights, scratch);
            made += values != scratch && values != last ? 1 : 0;
            last = values == scratch ? last : values;
        }
        assertTrue(made <= 2, made + " were made");
    }

    @Test
    void seesAChangeOfAnyNumber() {
        Matrix weight = weight();
        get(weight);
        PointValues kept = get(weight);
        int between = 1;
        weight.data()[between] = -weight.data()[between];
        assertNotSame(kept, get(weight));
    }

    /** There is room for 28 groups of 36 x 64 x 64 numbers. */
    @Test
    void keepsNoMoreThanThereIsRoomFor() {
        List<Matrix> layers = Stream.generate(this::weight).limit(60).toList();
        layers.forEach(this::get);
        layers.forEach(this::get);
        assertEquals(28, layers.stream().filter(this::isKept).count());
    }

    @Test
    void forgetsModelsThatHoldTheRoom() {
        List<Matrix> gone = Stream.generate(this::weight).limit(60).toList();
        gone.forEach(this::get);
        gone.forEach(this::get);
        Matrix weight = weight();
        int calls = 0;
        while (!isKept(weight)) {
            assertTrue(calls++ < 5000, "nothing is forgotten");
        }
    }
}
