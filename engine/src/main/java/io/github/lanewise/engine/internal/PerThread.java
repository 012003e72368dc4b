package io.github.lanewise.engine.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One value for each thread, as of a {@link ThreadLocal}, but held by this object alone: the thread
 * refers to it weakly.
 *
 * <p>A thread local's value lives as long as its thread, and with it its class, the class loader
 * and all that this has loaded. A server's threads outlive the applications that they call. This
 * object goes with the application, and its values with it. A thread's value also goes some time
 * after the thread has ended, when another thread first asks for one.
 *
 * @param <T> what each thread has; it must not refer to the thread
 */
public final class PerThread<T> {

    private final Supplier<? extends T> maker;
    private final ThreadLocal<Reference<T>> mine = new ThreadLocal<>();
    private final Set<Owned<T>> all = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Thread> ended = new ReferenceQueue<>();

    /** A thread, until it is collected, and its value. */
    private static final class Owned<T> extends WeakReference<Thread> {

        final T value;

        Owned(Thread thread, ReferenceQueue<Thread> ended, T value) {
            super(thread, ended);
            this.value = value;
        }
    }

    private PerThread(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    /** Makes one whose values are made when a thread first asks for its own. */
    public static <T> PerThread<T> withInitial(Supplier<? extends T> maker) {
        return new PerThread<>(maker);
    }

    /** Returns the calling thread's value. */
    public T get() {
        Reference<T> reference = mine.get();
        return reference == null ? first() : reference.get();
    }

    private T first() {
        for (Object gone = ended.poll(); gone != null; gone = ended.poll()) {
            all.remove(gone);
        }
        T value = maker.get();
        all.add(new Owned<>(Thread.currentThread(), ended, value));
        mine.set(new WeakReference<>(value));
        return value;
    }

    /** Returns how many values there are. */
    int size() {
        return all.size();
    }
}
