package io.github.lanewise.examples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

class DrawnDigitsTest {

    @Test
    void sameSeedDrawsTheSamePixels() throws Exception {
        assertEquals(hash(DrawnDigits.draw(7)), hash(DrawnDigits.draw(7)));
    }

    @Test
    void otherSeedDrawsOtherPixels() throws Exception {
        assertFalse(hash(DrawnDigits.draw(7)).equals(hash(DrawnDigits.draw(8))));
    }

    @Test
    void everyDigitIsThereAndEveryImageHasInk() {
        DigitSet test = DrawnDigits.draw(1).test();
        assertEquals(2_000, test.count());
        assertArrayEquals(
                new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                Arrays.stream(test.labels()).distinct().sorted().toArray());
        for (int i = 0; i < test.count(); i++) {
            int ink = 0;
            for (int pixel = 0; pixel < test.features(); pixel++) {
                ink += (int) test.pixels().at(i * test.features() + pixel);
            }
            assertTrue(ink > 20 * 255, "image " + i + " is nearly blank");
        }
    }

    private static String hash(Digits digits) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (DigitSet set : new DigitSet[] {digits.train(), digits.test()}) {
            for (int i = 0; i < set.pixels().size(); i++) {
                digest.update((byte) set.pixels().at(i));
            }
            for (int label : set.labels()) {
                digest.update((byte) label);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
