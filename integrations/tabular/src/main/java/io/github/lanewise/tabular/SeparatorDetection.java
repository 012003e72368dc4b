package io.github.lanewise.tabular;

/**
 * Finds out what separates the fields of a CSV file: of comma, semicolon, tab and bar the one that
 * stands equally often, outside quotes, in most of the first lines; of several, the one that makes
 * more fields.
 */
final class SeparatorDetection {

    /** How much of the file is looked at. */
    static final int BYTES = 1 << 16;

    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int LINES = 100;

    private SeparatorDetection() {}

    /** Returns what a first line such as {@code sep=;} says, as of Excel; null if it is none. */
    static Character said(String start) {
        boolean says = start.startsWith("sep=") && start.length() > 5;
        return says
                        && start.charAt(4) != '"'
                        && (start.charAt(5) == '\n' || start.charAt(5) == '\r')
                ? Character.valueOf(start.charAt(4))
                : null;
    }

    /** Returns the separator; a comma where there is none at all. */
    static char of(String start) {
        char best = ',';
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            double score = score(start, candidate);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** Returns the share of lines with as many separators as the first, and a bit for their sum. */
    private static double score(String start, char candidate) {
        int first = -1;
        int alike = 0;
        int lines = 0;
        int count = 0;
        boolean quoted = false;
        for (int i = 0; i < start.length() && lines < LINES; i++) {
            char c = start.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == candidate && !quoted) {
                count++;
            } else if (c == '\n' && !quoted) {
                first = first < 0 ? count : first;
                alike += count == first ? 1 : 0;
                lines++;
                count = 0;
            }
        }
        if (lines == 0) {
            return count;
        }
        return first == 0 ? 0 : (double) alike / lines + Math.min(first, 1000) * 1e-4;
    }
}
