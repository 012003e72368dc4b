package io.github.lanewise.engine.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BackOffTest {

    private long now = 1_000;
    private final BackOff backOff = new BackOff(() -> now);

    /**
     * Works together for a time, waits in vain for another, and returns how long it is then alone.
     */
    private long aloneAfter(long together, long waited) {
        now += together + waited;
        backOff.begin(now - waited, now);
        long begin = now;
        while (backOff.isOn()) {
            now++;
        }
        return now - begin;
    }

    @Test
    void aRareLossIsNoReasonToComputeAlone() {
        assertEquals(0, aloneAfter(1_000, 400));
        assertEquals(0, aloneAfter(400, 400));
        assertFalse(backOff.isOn());
    }

    @Test
    void lossesThatCostMoreThanTheTeamWinsDoubleTheTimeAlone() {
        assertEquals(0, aloneAfter(1_000, 100));
        assertEquals(100, aloneAfter(50, 100));
        assertEquals(200, aloneAfter(50, 100));
        assertEquals(400, aloneAfter(99, 100));
    }

    @Test
    void timeAloneIsAtMostSixteenTimesTheLoss() {
        for (int i = 0; i < 10; i++) {
            aloneAfter(1, 100);
        }
        assertEquals(1_600, aloneAfter(1, 100));
    }

    @Test
    void timeAloneIsAtMostASecond() {
        long loss = 400_000_000;
        backOff.begin(now, now + loss);
        backOff.begin(now, now + loss);
        backOff.begin(now, now + loss);
        now += loss + 999_999_999;
        assertTrue(backOff.isOn());
        now++;
        assertFalse(backOff.isOn());
    }

    @Test
    void onceTheTeamPaysAgainItIsForgiven() {
        aloneAfter(1, 100);
        aloneAfter(1, 100);
        assertEquals(0, aloneAfter(200, 100));
        assertEquals(100, aloneAfter(1, 100));
    }

    @Test
    void isNotOnAtFirst() {
        assertFalse(backOff.isOn());
        backOff.begin(now, now + 2_000);
        now += 2_000;
        assertTrue(backOff.isOn());
    }
}
