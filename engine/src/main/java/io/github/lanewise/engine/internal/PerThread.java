package io.github.lanewise.engine.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
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
 * after the thread has ended, when another thread first asks for one, of this object or another.
 *
 * <p>Before memory ends all values go that nobody is using, and are made anew when they are asked
 * for: those of thousands of short threads, say, whose end the collector has just found out.
 *
 * @param <T> what each thread has; it must not refer to the thread
 */
public final class PerThread<T> {

    /** Threads that have ended, of all such objects: one that is asked no more must let go, too. */
    private static final ReferenceQueue<Thread> ENDED = new ReferenceQueue<>();

    private final Supplier<? extends T> maker;
    private final ThreadLocal<Reference<T>> mine = new ThreadLocal<>();
    private final Set<Owned<T>> all = ConcurrentHashMap.newKeySet();

    /** A thread, until it is collected, and its value. */
    private static final class Owned<T> extends WeakReference<Thread> {

        /** Softly, so that memory does not end while it could be had from here. */
        final SoftReference<T> value;

        final Set<Owned<T>> owner;

        Owned(Thread thread, T value, Set<Owned<T>> owner) {
            super(thread, ENDED);
            this.value = new SoftReference<>(value);
            this.owner = owner;
        }

        void remove() {
            owner.remove(this);
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
        T value = reference == null ? null : reference.get();
        return value == null ? first() : value;
    }

    private T first() {
        for (Reference<?> gone = ENDED.poll(); gone != null; gone = ENDED.poll()) {
            ((Owned<?>) gone).remove();
        }
        Thread caller = Thread.currentThread();
        if (mine.get() != null) {
            all.removeIf(owned -> owned.refersTo(caller));
        }
        T value = maker.get();
        all.add(new Owned<>(caller, value, all));
        mine.set(new WeakReference<>(value));
        return value;
    }

    /** Returns how many values there are. */
    int size() {
        return all.size();
    }
}
