package io.github.lanewise.engine.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SolitudeTest {

    private long now = 1_000;
    private final Solitude solitude = new Solitude(() -> now);

    /**
     * Works together for a time, waits in vain for another, and returns how long it is then alone.
     */
    private long aloneAfter(long together, long waited) {
        now += together + waited;
        solitude.begin(now - waited, now);
        long begin = now;
        while (solitude.isOn()) {
            now++;
        }
        return now - begin;
    }

    @Test
    void aRareLossIsNoReasonToComputeAlone() {
        assertEquals(0, aloneAfter(1_000, 400));
        assertEquals(0, aloneAfter(400, 400));
        assertFalse(solitude.isOn());
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
        solitude.begin(now, now + loss);
        solitude.begin(now, now + loss);
        solitude.begin(now, now + loss);
        now += loss + 999_999_999;
        assertTrue(solitude.isOn());
        now++;
        assertFalse(solitude.isOn());
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
        assertFalse(solitude.isOn());
        solitude.begin(now, now + 2_000);
        now += 2_000;
        assertTrue(solitude.isOn());
    }
}
