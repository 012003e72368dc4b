package io.github.lanewise.nn.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochLineTest {

    @ParameterizedTest
    @CsvSource({
        "1, 5, 0.2466, 57435",
        "100, 100, 0.2466, 1234567",
        "1000000, 1000000, 12.5, 123456789",
        "1, 5, 1e30, 57435",
        "1, 5, Infinity, 57435",
        "1, 5, NaN, 57435",
        "2147483647, 2147483647, 3e38, 2147483647"
    })
    void noMovingLineIsWiderThanATerminal(int epoch, int epochs, double loss, double speed) {
        String head = "Epoch " + epoch + "/" + epochs;
        String numbers = EpochLine.numbers(loss, 0.9876) + EpochLine.speed(speed);
        String line = EpochLine.movingLine(head, 30_000, 60_000, numbers, "  ETA 123456 s");
        assertTrue(line.length() <= 79, line.length() + ": " + line);
        assertTrue(line.startsWith(head), line);
        assertTrue(line.contains("loss"), line);
    }

    @Test
    void theBarTakesTheRoomThatIsLeft() {
        String numbers = EpochLine.numbers(0.2466, 0.9274) + EpochLine.speed(57_435);
        assertEquals(
                "Epoch 1/5 [=========>.........]  loss 0.2466  accuracy 0.9274  57,435 samples/s",
                EpochLine.movingLine("Epoch 1/5", 30_000, 60_000, numbers, ""));
    }

    @Test
    void nothingMovesOnADumbTerminal() {
        assertTrue(EpochLine.isDumb("dumb"));
        assertTrue(EpochLine.isDumb(""));
        assertFalse(EpochLine.isDumb("xterm-256color"));
    }
}
