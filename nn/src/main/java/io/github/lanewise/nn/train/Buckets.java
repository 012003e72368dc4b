package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.distributed.Collective;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Copies the gradients of a worker's shards into their arrays, from the last parameter to the
 * first, and lets them leave in buckets of whole parameters. What the other shards contribute to a
 * bucket is there once the last shard of this worker has its part, so it leaves as soon as backward
 * has completed that; the order of the buckets is the same on all workers, whoever is complete
 * first.
 */
final class Buckets implements Consumer<Param> {

    /** Values of a bucket, or a little more; a megabyte keeps a network busy. */
    static final int SIZE = 1 << 18;

    /** Fewer than a collective has under way at most. */
    private static final int MOST = 200;

    private final Collective workers;
    private final List<Param> parameters;
    private final int[] places;
    private final int flags;
    private final float[][] arrays;
    private final int size;
    private final Map<Param, Integer> numbers = new IdentityHashMap<>();
    private final boolean[] complete;

    private float[] into;
    private boolean last;
    private float factor;

    /** The next parameter to be copied, and where what has left begins. */
    private int next;

    private int end;

    /**
     * @param places where each parameter's gradient begins; at last, the end of the arrays
     * @param flags where a 1 tells for each parameter whether it has a gradient
     * @param arrays one for each shard of this worker
     */
    Buckets(Collective workers, List<Param> parameters, int[] places, int flags, float[][] arrays) {
        this.workers = workers;
        this.parameters = parameters;
        this.places = places;
        this.flags = flags;
        this.arrays = arrays;
        this.size = Math.max(SIZE, places[parameters.size()] / MOST);
        this.complete = new boolean[parameters.size()];
        for (int i = 0; i < parameters.size(); i++) {
            numbers.put(parameters.get(i), i);
        }
    }

    /** Begins with one of the shards; the last of them must come last. */
    void begin(int shard) {
        into = arrays[shard];
        last = shard == arrays.length - 1;
        factor = 1;
        next = parameters.size() - 1;
        end = into.length;
        Arrays.fill(complete, false);
    }

    /** Sets what the shard's gradients are multiplied by; 1 unless set. */
    void factor(float share) {
        factor = share;
    }

    /** Takes a gradient that is complete, and all that only waited for it. */
    @Override
    public void accept(Param parameter) {
        complete[numbers.get(parameter)] = true;
        while (next >= 0 && complete[next]) {
            take(next--);
        }
    }

    /** Takes what is left: backward has ended, or the shard is empty. */
    void end() {
        while (next >= 0) {
            take(next--);
        }
        if (last) {
            workers.start(arrays, 0, end, arrays[0]);
        }
    }

    private void take(int i) {
        if (parameters.get(i).hasGradient()) {
            into[flags + i] = 1;
            copy(parameters.get(i).gradient(), into, places[i]);
        } else {
            Arrays.fill(into, places[i], places[i + 1], 0);
        }
        if (last && end - places[i] >= size) {
            workers.start(arrays, places[i], end, arrays[0]);
            end = places[i];
        }
    }

    /** A gradient has no padding between its rows. */
    private void copy(Matrix gradient, float[] array, int place) {
        System.arraycopy(gradient.data(), gradient.offset(), array, place, gradient.size());
        for (int i = 0; factor != 1 && i < gradient.size(); i++) {
            array[place + i] *= factor;
        }
    }
}
