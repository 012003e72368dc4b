package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.List;

/**
 * Many texts as one, a line each: a reader of JSON takes a million values, and a column can have
 * more levels.
 */
final class Lines {

    private Lines() {}

    /** Joins texts; line ends within them become \n, backslashes \\. */
    static String join(List<String> texts) {
        StringBuilder joined = new StringBuilder();
        for (String text : texts) {
            joined.append(text.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        }
        return joined.toString();
    }

    /** Returns the texts that were joined. */
    static List<String> split(String joined) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < joined.length(); i++) {
            char c = joined.charAt(i);
            if (c == '\n') {
                texts.add(text.toString());
                text.setLength(0);
            } else if (c == '\\' && i + 1 < joined.length()) {
                char next = joined.charAt(++i);
                text.append(next == 'n' ? '\n' : next);
            } else {
                text.append(c);
            }
        }
        return texts;
    }
}
