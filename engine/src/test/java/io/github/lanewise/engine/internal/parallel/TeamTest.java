package io.github.lanewise.engine.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TeamTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void everyPartRunsExactlyOnce(int threads) {
        Team team = new Team(threads);
        for (int round = 0; round < 2000; round++) {
            int parts = round % 37;
            AtomicIntegerArray runs = new AtomicIntegerArray(parts);
            team.run(parts, runs::incrementAndGet);
            for (int part = 0; part < parts; part++) {
                assertEquals(1, runs.get(part), "round " + round + ", part " + part);
            }
        }
    }

    @Test
    void partsRunAtTheSameTime() {
        Team team = new Team(2);
        CountDownLatch both = new CountDownLatch(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        team.run(
                2,
                part -> {
                    both.countDown();
                    awaitUninterrupted(both);
                    threads.add(Thread.currentThread());
                });
        assertEquals(2, threads.size());
    }

    @Test
    void theCallerTakesTheFirstPart() {
        Team team = new Team(2);
        Thread[] takers = new Thread[2];
        float[][] values = new float[2][20_000];
        for (int round = 0; round < 5000; round++) {
            team.run(
                    2,
                    part -> {
                        takers[part] = Thread.currentThread();
                        Arrays.fill(values[part], part);
                    });
            assertSame(Thread.currentThread(), takers[0], "round " + round);
        }
    }

    @Test
    void aCallerWhoFindsTheTeamBusyDoesAllPartsAlone() {
        Team team = new Team(2);
        Thread caller = Thread.currentThread();
        team.run(
                2,
                outer -> {
                    Thread mine = Thread.currentThread();
                    AtomicIntegerArray runs = new AtomicIntegerArray(5);
                    team.run(
                            5,
                            part -> {
                                assertSame(mine, Thread.currentThread());
                                runs.incrementAndGet(part);
                            });
                    assertEquals("[1, 1, 1, 1, 1]", runs.toString());
                });
        assertSame(caller, Thread.currentThread());
    }

    @Test
    void whatAPartThrowsReachesTheCallerAndTheTeamWorksOn() {
        Team team = new Team(3);
        IllegalStateException thrown =
                assertThrows(
                        IllegalStateException.class,
                        () ->
                                team.run(
                                        9,
                                        part -> {
                                            if (part == 4) {
                                                throw new IllegalStateException("part 4");
                                            }
                                        }));
        assertEquals("part 4", thrown.getMessage());
        AtomicIntegerArray runs = new AtomicIntegerArray(9);
        team.run(9, runs::incrementAndGet);
        assertEquals("[1, 1, 1, 1, 1, 1, 1, 1, 1]", runs.toString());
    }

    @Test
    void manyCallersShareOneTeam() throws InterruptedException {
        Team team = new Team(3);
        AtomicIntegerArray sums = new AtomicIntegerArray(8);
        Thread[] callers = new Thread[sums.length()];
        for (int c = 0; c < callers.length; c++) {
            int mine = c;
            callers[c] =
                    new Thread(
                            () -> {
                                for (int round = 0; round < 500; round++) {
                                    team.run(6, part -> sums.addAndGet(mine, part + 1));
                                }
                            });
            callers[c].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        for (int c = 0; c < callers.length; c++) {
            assertEquals(500 * 21, sums.get(c));
        }
    }

    @Test
    void callersAsManyAsThreadsComputeAlone() throws InterruptedException {
        Team team = new Team(2);
        CountDownLatch otherIsIn = new CountDownLatch(1);
        CountDownLatch otherMayLeave = new CountDownLatch(1);
        Thread other =
                new Thread(
                        () ->
                                team.run(
                                        2,
                                        part -> {
                                            otherIsIn.countDown();
                                            awaitUninterrupted(otherMayLeave);
                                        }));
        team.run(
                2,
                part -> {
                    if (part == 0) {
                        other.start();
                    }
                    awaitUninterrupted(otherIsIn);
                });
        assertEquals(Set.of(Thread.currentThread()), threadsOf(team));
        otherMayLeave.countDown();
        other.join();
    }

    @Test
    void aWorkerThatLosesItsCoreIsNotAskedForSomeTime() {
        AtomicLong clock = new AtomicLong();
        Team team = new Team(2, () -> false, clock::get);
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        team.run(
                2,
                part -> {
                    both.countDown();
                    awaitUninterrupted(both);
                    if (Thread.currentThread() != caller) {
                        while (caller.getState() != Thread.State.TIMED_WAITING) {
                            clock.addAndGet(1000);
                        }
                        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
                    }
                });
        assertEquals(Set.of(caller), threadsOf(team));
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        CountDownLatch again = new CountDownLatch(2);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        team.run(
                2,
                part -> {
                    if (Thread.currentThread() != caller) {
                        workers.add(Thread.currentThread());
                    }
                    again.countDown();
                    awaitUninterrupted(again);
                });
        assertEquals(0, again.getCount());
        // By this clock, the worker would stay awake for ever.
        workers.forEach(worker -> goToSleep(worker, clock));
    }

    private static void goToSleep(Thread worker, AtomicLong clock) {
        while (worker.isAlive() && worker.getState() != Thread.State.TIMED_WAITING) {
            clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        }
    }

    private static Set<Thread> threadsOf(Team team) {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        // so many that a worker who may take some does
        team.run(50_000, part -> threads.add(Thread.currentThread()));
        return threads;
    }

    @Test
    void workersAreDaemons() {
        Team team = new Team(2);
        CountDownLatch both = new CountDownLatch(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        team.run(
                2,
                part -> {
                    threads.add(Thread.currentThread());
                    both.countDown();
                    awaitUninterrupted(both);
                });
        threads.remove(Thread.currentThread());
        assertEquals(1, threads.size());
        assertTrue(threads.iterator().next().isDaemon());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
