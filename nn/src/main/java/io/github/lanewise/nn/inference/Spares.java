package io.github.lanewise.nn.inference;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Things that one thread at a time can use, kept for the next, without a lock: about as many as
 * there ever were users at once. A thread looks first where it looked the last time.
 */
final class Spares<T> {

    /** Users at once for whom there is room; what others give back is let go. */
    private static final int PLACES =
            Integer.highestOneBit(Math.max(64, 8 * Runtime.getRuntime().availableProcessors()));

    /** References in a cache line and the next, so that no two places share one. */
    private static final int APART = 32;

    /** 2<sup>32</sup> divided by the golden ratio: spreads consecutive numbers. */
    private static final int SPREAD = 0x9e3779b9;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES * APART);
    private final Supplier<T> maker;

    Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns one that is to spare, or else a new one. */
    T take() {
        int first = firstPlace();
        for (int i = 0; i < PLACES; i++) {
            int place = (first + i) % PLACES * APART;
            if (places.get(place) != null) {
                T spare = places.getAndSet(place, null);
                if (spare != null) {
                    return spare;
                }
            }
        }
        return maker.get();
    }

    /** Takes one back. */
    void give(T spare) {
        int first = firstPlace();
        for (int i = 0; i < PLACES; i++) {
            if (places.compareAndSet((first + i) % PLACES * APART, null, spare)) {
                return;
            }
        }
    }

    private static int firstPlace() {
        int hash = (int) Thread.currentThread().threadId() * SPREAD;
        return (hash >>> 16) % PLACES;
    }
}
