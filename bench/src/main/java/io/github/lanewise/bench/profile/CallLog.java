package io.github.lanewise.bench.profile;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel calls of a training step, and how long each took.
 *
 * <p>Every step of a network makes the same calls in the same order. So the first is written down
 * in full, and later ones add their times by number alone, which costs next to nothing.
 */
final class CallLog {

    private final List<Method> methods = new ArrayList<>();
    private final List<KernelCall> calls = new ArrayList<>();
    private long[] nanos = {};
    private Thread thread;
    private int next;
    private int steps;
    private boolean known;

    /** What one kind of call took in a step. */
    record Cost(int calls, double nanos) {}

    /** Begins a step on this thread; calls outside of steps are not counted. */
    void begin() {
        thread = Thread.currentThread();
        next = 0;
    }

    /** Ends a step. */
    void end() {
        if (next != calls.size()) {
            throw new IllegalStateException(
                    "profile: a step made %d kernel calls, the first one %d"
                            .formatted(next, calls.size()));
        }
        thread = null;
        if (known) {
            steps++;
        } else {
            known = true;
            nanos = new long[calls.size()];
        }
    }

    /** Takes note of a call. */
    void add(Method method, Object[] args, long took) {
        if (thread == null) {
            return;
        }
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException(
                    "profile: %s was called on the thread %s, the step runs on %s"
                            .formatted(
                                    method.getName(),
                                    Thread.currentThread().getName(),
                                    thread.getName()));
        }
        if (!known) {
            methods.add(method);
            calls.add(KernelCall.of(method, args));
        } else if (next < nanos.length && method.equals(methods.get(next))) {
            nanos[next] += took;
        } else {
            throw new IllegalStateException(
                    "profile: call %d of a step is %s, that of the first one %s"
                            .formatted(
                                    next,
                                    method.getName(),
                                    next < nanos.length ? calls.get(next).name() : "is missing"));
        }
        next++;
    }

    /** Returns the cost of each kind of call in an average step, in order of the first call. */
    Map<KernelCall, Cost> costs() {
        Map<KernelCall, Cost> costs = new LinkedHashMap<>();
        for (int i = 0; i < nanos.length; i++) {
            costs.merge(
                    calls.get(i),
                    new Cost(1, steps == 0 ? 0 : (double) nanos[i] / steps),
                    (a, b) -> new Cost(a.calls + b.calls, a.nanos + b.nanos));
        }
        return costs;
    }

    /** Forgets the times. */
    void clear() {
        Arrays.fill(nanos, 0);
        steps = 0;
    }
}
