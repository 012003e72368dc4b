package io.github.lanewise.examples;

import io.github.lanewise.nn.callback.EpochLine;

import java.io.PrintWriter;

/** Shows lines, each in place of the one before if a person watches. */
final class MovingLine {

    private static final int MOST_BAR = 20;
    private static final int LEAST_BAR = 5;

    private final PrintWriter out;
    private final boolean moving = EpochLine.onTerminal();
    private int shown;

    MovingLine(PrintWriter out) {
        this.out = out;
    }

    boolean isMoving() {
        return moving;
    }

    /** Shows a line; one that does not move stays. */
    void show(String line, boolean stays) {
        if (moving) {
            out.print('\r' + line + " ".repeat(Math.max(0, shown - line.length())));
            shown = line.length();
        } else {
            out.print(line);
        }
        if (stays || !moving) {
            out.println();
            shown = 0;
        }
        out.flush();
    }

    /** Returns a line of at most {@link EpochLine#WIDEST} columns, with a bar if there is room. */
    static String withBar(String head, long done, long total, String numbers) {
        // A blank and two brackets.
        int room = EpochLine.WIDEST - head.length() - numbers.length() - 3;
        int bar = Math.min(MOST_BAR, room);
        String drawn = bar < LEAST_BAR ? "" : " " + EpochLine.bar(done, total, bar);
        String line = head + drawn + numbers;
        return line.substring(0, Math.min(line.length(), EpochLine.WIDEST));
    }
}
