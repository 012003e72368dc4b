package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void nothingMovesTheCursorOrTurnsWritingRound() {
        assertEquals("a?[2J?b", Printable.of("a\u001b[2J\u202eb"));
        assertEquals("two?lines??", Printable.of("two\nlines\u2028\u2029"));
    }

    @Test
    void joinersStay() {
        String family = "\ud83d\udc69\u200d\ud83d\udc67 \u0645\u06cc\u200c\u062e";
        assertEquals(family, Printable.of(family));
    }

    @Test
    void onlyWhatIsTooLongIsCut() {
        assertEquals("abc", Printable.of("abc", 3));
        assertEquals("ab?...", Printable.of("ab\rd", 3));
    }
}
