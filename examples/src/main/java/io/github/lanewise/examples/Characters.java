package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.util.Arrays;

/** The different characters of a text, in the order of Unicode; each has its place as its index. */
final class Characters {

    private static final int MOST_SHOWN = 60;

    private final int[] all;

    private Characters(int[] all) {
        this.all = all;
    }

    /** Collects those of a text. */
    static Characters of(String text) {
        return new Characters(text.codePoints().sorted().distinct().toArray());
    }

    int count() {
        return all.length;
    }

    /** Returns all, one after another. */
    String all() {
        return first(all, all.length);
    }

    boolean has(int character) {
        return Arrays.binarySearch(all, character) >= 0;
    }

    /**
     * Returns the indices of a text's characters.
     *
     * @param source names the text in a message
     * @throws BadInput if one is not among these
     */
    int[] encode(String source, String text) {
        int[] indices = text.codePoints().toArray();
        for (int i = 0; i < indices.length; i++) {
            int index = Arrays.binarySearch(all, indices[i]);
            if (index < 0) {
                throw new BadInput(
                        text(
                                "%s: %s at place %,d is not among the %,d characters that the model"
                                        + " learns or has learnt: %s",
                                source, name(indices[i]), i + 1, count(), shown()));
            }
            indices[i] = index;
        }
        return indices;
    }

    /** Returns a character. */
    String decode(int index) {
        return Character.toString(all[index]);
    }

    private static String name(int character) {
        String code = text("U+%04X", character);
        return Character.isISOControl(character)
                ? code
                : text("'%s' (%s)", Character.toString(character), code);
    }

    private String shown() {
        int[] printable = Arrays.stream(all).filter(c -> !Character.isISOControl(c)).toArray();
        String some = first(printable, Math.min(printable.length, MOST_SHOWN));
        return printable.length > MOST_SHOWN ? some + " ..." : some;
    }

    private static String first(int[] characters, int count) {
        return new String(characters, 0, count);
    }
}
