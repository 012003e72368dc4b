package io.github.lanewise.nn.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A pool of things that one thread at a time can use, without a lock: about as many as there ever
 * were users at once. A thread looks first where it looked the last time.
 */
public final class ObjectPool<T> {

    /** Users at once for whom there is room; what others give back is let go. */
    private static final int PLACES =
            Integer.highestOneBit(Math.max(64, 8 * Runtime.getRuntime().availableProcessors()));

    /** References in a cache line and the next, so that no two places share one. */
    private static final int APART = 32;

    /** 2<sup>32</sup> divided by the golden ratio: spreads consecutive numbers. */
    private static final int SPREAD = 0x9e3779b9;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES * APART);
    private final Supplier<T> maker;

    /** Makes an empty pool; the maker is asked whenever nothing is free. */
    public ObjectPool(Supplier<T> maker) {
        this.maker = maker;
    }

    /** Returns one that is free, or else a new one. */
    public T take() {
        int first = firstPlace();
        for (int i = 0; i < PLACES; i++) {
            int place = (first + i) % PLACES * APART;
            if (places.get(place) != null) {
                T free = places.getAndSet(place, null);
                if (free != null) {
                    return free;
                }
            }
        }
        return maker.get();
    }

    /** Takes one back. */
    public void give(T free) {
        int first = firstPlace();
        for (int i = 0; i < PLACES; i++) {
            if (places.compareAndSet((first + i) % PLACES * APART, null, free)) {
                return;
            }
        }
    }

    private static int firstPlace() {
        int hash = (int) Thread.currentThread().threadId() * SPREAD;
        return (hash >>> 16) % PLACES;
    }
}
