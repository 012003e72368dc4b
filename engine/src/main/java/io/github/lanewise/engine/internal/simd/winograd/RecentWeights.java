package io.github.lanewise.engine.internal.simd.winograd;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.WinogradPoints;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Weights at the points of models that answer single images: bringing them there takes as long as
 * all that follows, and they are the same each time. They are recognized by their numbers, so it
 * does not matter who changes them, or when; and all threads share them.
 *
 * <p>Weights are kept when they come for a second time, so that training, where they are new each
 * time, keeps none.
 */
public final class RecentWeights {

    /** Places, each for one group's weights at a time. */
    private static final int PLACES = 1024;

    /** Numbers at the points of a group, at most: 1 MiB. */
    private static final int LARGEST = 1 << 18;

    /** Numbers at the points of all groups together: 16 MiB. */
    private static final int MOST = 1 << 22;

    /** Weights without room after which all are forgotten: models that are gone may hold it. */
    private static final int REFUSALS = 4096;

    /** So many times others want a place in vain that nobody asks for. */
    private static final int CONTENDERS = 16;

    /** Weights of a group that lead to its place. */
    private static final int SAMPLES = 8;

    private final AtomicReferenceArray<Place> places = new AtomicReferenceArray<>(PLACES);

    /** The fingerprint of what was last at each place and not kept. */
    private final AtomicIntegerArray seen = new AtomicIntegerArray(PLACES);

    private final AtomicInteger room = new AtomicInteger(MOST);
    private final AtomicInteger refusals = new AtomicInteger();

    /** What is kept, unless memory has run short; and the numbers at the points that it takes. */
    private static final class Place extends SoftReference<Kept> {

        final int size;

        /** How often others wanted its place since it was last asked for. */
        volatile int contenders;

        Place(Kept kept, int size) {
            super(kept);
            this.size = size;
        }
    }

    /** A group's weights, and the same at the points; nothing changes it. */
    private record Kept(Convolution shape, Matrix weight, PointValues values) {

        boolean isOf(Convolution shape, int group, Matrix weight) {
            if (!shape.equals(this.shape)) {
                return false;
            }
            int depth = shape.depth();
            for (int o = 0; o < shape.groupOut(); o++) {
                int at = weight.offset() + (group * shape.groupOut() + o) * weight.ld();
                int own = o * depth;
                if (!Arrays.equals(
                        weight.data(), at, at + depth, this.weight.data(), own, own + depth)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns whether a group's weights may be kept. */
    static boolean suit(WinogradPoints points, Convolution shape) {
        return size(points, shape) <= LARGEST;
    }

    private static long size(WinogradPoints points, Convolution shape) {
        return (long) points.pairs() * shape.groupIn() * shape.groupOut();
    }

    /**
     * Returns a group's weights at the points, a row for each input channel: those that are kept,
     * or {@code values}, which get them.
     */
    PointValues byInputs(
            WinogradPoints points,
            Convolution shape,
            int group,
            Matrix weight,
            WinogradWeights weights,
            PointValues values) {
        int at = place(shape, group, weight);
        Place place = places.get(at);
        Kept kept = place == null ? null : place.get();
        if (kept != null && kept.isOf(shape, group, weight)) {
            if (place.contenders > 0) {
                place.contenders = 0;
            }
            return kept.values;
        }
        int size = (int) size(points, shape);
        int print = fingerprint(shape, group, weight);
        if (seen.getAndSet(at, print) == print && hasRoom(place, size)) {
            kept = keep(shape, group, weight, weights);
            room.addAndGet(-size);
            giveUp(places.getAndSet(at, new Place(kept, size)));
            return kept.values;
        }
        int out = shape.groupOut();
        weights.byInputs(weight, group * out, shape.groupIn(), out, values);
        return values;
    }

    /** Returns whether there is room for so many numbers, if they take a place. */
    private boolean hasRoom(Place place, int size) {
        if (place != null && place.contenders++ < CONTENDERS) {
            return false;
        }
        if (room.get() + (place == null ? 0 : place.size) >= size) {
            return true;
        }
        if (refusals.incrementAndGet() % REFUSALS == 0) {
            for (int at = 0; at < PLACES; at++) {
                giveUp(places.getAndSet(at, null));
            }
        }
        return false;
    }

    private void giveUp(Place place) {
        if (place != null) {
            room.addAndGet(place.size);
        }
    }

    private static Kept keep(Convolution shape, int group, Matrix weight, WinogradWeights weights) {
        int out = shape.groupOut();
        Matrix own = Matrix.zeros(out, shape.depth());
        for (int o = 0; o < out; o++) {
            int at = weight.offset() + (group * out + o) * weight.ld();
            System.arraycopy(weight.data(), at, own.data(), o * own.cols(), own.cols());
        }
        PointValues values = new PointValues();
        weights.byInputs(own, 0, shape.groupIn(), out, values);
        return new Kept(shape, own, values);
    }

    private static int place(Convolution shape, int group, Matrix weight) {
        int hash = shape.window().inputs();
        int out = shape.groupOut();
        for (int i = 0; i < SAMPLES; i++) {
            int row = group * out + i * out / SAMPLES;
            int col = i * shape.depth() / SAMPLES;
            int at = weight.offset() + row * weight.ld() + col;
            hash = 31 * hash + Float.floatToRawIntBits(weight.data()[at]);
        }
        return (hash ^ hash >>> 16) & PLACES - 1;
    }

    /**
     * Returns a number that hardly any other weights have; it takes a part of a transform's time.
     */
    private static int fingerprint(Convolution shape, int group, Matrix weight) {
        int hash = shape.hashCode();
        int out = shape.groupOut();
        for (int o = 0; o < out; o++) {
            int at = weight.offset() + (group * out + o) * weight.ld();
            hash = 31 * hash + sum(weight.data(), at, shape.depth());
        }
        return hash;
    }

    private static int sum(float[] x, int from, int n) {
        int sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Float.floatToRawIntBits(x[from + j]) * (2 * j + 1);
        }
        return sum;
    }
}
