package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server loads an application in a class loader of its own, calls it on threads of its own, and
 * drops it: then nothing may hold the loader.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RedeploymentTest {

    /** Threads end after some seconds; the warm-up first does what is due. */
    private static final long DEADLINE_SECONDS = 120;

    @Test
    void anApplicationThatIsDroppedIsCollected() throws Exception {
        try (ExecutorService serverThread = Executors.newSingleThreadExecutor()) {
            ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
            WeakReference<ClassLoader> loader = runApplication(serverThread, collected);
            long begin = System.nanoTime();
            Reference<?> gone = null;
            while (gone == null) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
                assertTrue(seconds < DEADLINE_SECONDS, "something still holds the class loader");
                System.gc();
                gone = collected.remove(100);
            }
            assertTrue(loader.refersTo(null));
        }
    }

    private static WeakReference<ClassLoader> runApplication(
            ExecutorService serverThread, ReferenceQueue<ClassLoader> collected) throws Exception {
        URL[] classes = {
            folderOf(Engine.class), folderOf(Trainer.class), folderOf(RedeployedProgram.class)
        };
        // Below the JDK's other loaders, which know this module's packages, it is not loaded anew.
        ClassLoader loader = new URLClassLoader(classes, null);
        Class<?> type = loader.loadClass(RedeployedProgram.class.getName());
        assertNotSame(RedeployedProgram.class, type);
        Runnable program = (Runnable) type.getConstructor().newInstance();
        serverThread.submit(program).get();
        return new WeakReference<>(loader, collected);
    }

    private static URL folderOf(Class<?> type) throws Exception {
        String file = type.getName().replace('.', '/') + ".class";
        String found = type.getResource("/" + file).toString();
        return URI.create(found.substring(0, found.length() - file.length())).toURL();
    }
}
