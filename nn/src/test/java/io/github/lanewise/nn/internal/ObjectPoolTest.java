package io.github.lanewise.nn.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class ObjectPoolTest {

    private final AtomicInteger made = new AtomicInteger();
    private final ObjectPool<AtomicBoolean> spares =
            new ObjectPool<>(
                    () -> {
                        made.incrementAndGet();
                        return new AtomicBoolean();
                    });

    @Test
    void whatIsGivenBackIsTakenAgain() {
        AtomicBoolean first = spares.take();
        AtomicBoolean second = spares.take();
        assertNotSame(first, second);
        spares.give(first);
        assertSame(first, spares.take());
    }

    @Test
    void moreThanThereIsRoomForAreMadeAndLetGo() {
        for (int round = 0; round < 2; round++) {
            List<AtomicBoolean> taken = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                taken.add(spares.take());
            }
            assertEquals(5000, taken.stream().distinct().count());
            taken.forEach(spares::give);
        }
        assertTrue(made.get() > 5000 && made.get() < 10_000, made::toString);
    }

    @Test
    void noTwoThreadsHaveTheSameAtOnce() throws InterruptedException {
        AtomicInteger shared = new AtomicInteger();
        Thread[] users = new Thread[8];
        for (int t = 0; t < users.length; t++) {
            users[t] = new Thread(() -> use(shared));
            users[t].start();
        }
        for (Thread user : users) {
            user.join();
        }
        assertEquals(0, shared.get());
    }

    private void use(AtomicInteger shared) {
        for (int i = 0; i < 20_000; i++) {
            AtomicBoolean mine = spares.take();
            if (!mine.compareAndSet(false, true)) {
                shared.incrementAndGet();
            }
            mine.set(false);
            spares.give(mine);
        }
    }
}
