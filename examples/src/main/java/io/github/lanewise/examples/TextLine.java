package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.callback.EpochLine;

import java.io.PrintWriter;

/** Shows the training on a text: on a terminal one line that moves, elsewhere some ten lines. */
final class TextLine {

    private static final int LINES = 10;
    private static final int MOST_BAR = 20;
    private static final int LEAST_BAR = 5;
    private static final double REDRAW_SECONDS = 0.1;
    private static final double WARM_UP_SECONDS = 1;
    private static final double NANOS = 1e-9;

    private final PrintWriter out;
    private final boolean moving;
    private final long start = System.nanoTime();
    private double shownAt;
    private int shown;
    private double sum;
    private int count;

    TextLine(PrintWriter out) {
        this(out, EpochLine.onTerminal());
    }

    TextLine(PrintWriter out, boolean moving) {
        this.out = out;
        this.moving = moving;
    }

    /** Shows the mean loss since the last line of a tenth of the steps. */
    void step(int step, int steps, double loss) {
        sum += loss;
        count++;
        double seconds = (System.nanoTime() - start) * NANOS;
        boolean tenth = step == steps || step % Math.max(1, steps / LINES) == 0;
        if (tenth || moving && seconds - shownAt > REDRAW_SECONDS) {
            shownAt = seconds;
            show(line(step, steps, sum / count, seconds), tenth);
        }
        if (tenth) {
            sum = 0;
            count = 0;
        }
    }

    private void show(String line, boolean stays) {
        if (moving) {
            out.print('\r' + line + " ".repeat(Math.max(0, shown - line.length())));
            shown = line.length();
        } else {
            out.print(line);
        }
        if (stays) {
            out.println();
            shown = 0;
        }
        out.flush();
    }

    static String line(int step, int steps, double loss, double seconds) {
        String head = text("Step %,d of %,d", step, steps);
        String numbers = "  " + loss(loss);
        double left = seconds / step * (steps - step);
        String time = "";
        if (step == steps) {
            time = text("  %.0f s", seconds);
        } else if (seconds > WARM_UP_SECONDS) {
            time = text("  ETA %.0f s", left);
        }
        // A blank and two brackets.
        int room = EpochLine.WIDEST - head.length() - numbers.length() - time.length() - 3;
        int bar = Math.min(MOST_BAR, room);
        String drawn = bar < LEAST_BAR ? "" : " " + EpochLine.bar(step, steps, bar);
        String line = head + drawn + numbers + time;
        return line.substring(0, Math.min(line.length(), EpochLine.WIDEST));
    }

    /** Returns a loss, in nats, as people say it. */
    static String loss(double loss) {
        return text("%.3f bits a character, perplexity %.4g", loss / Math.log(2), Math.exp(loss));
    }
}
