package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import java.io.PrintWriter;

/** Shows the training on a text: on a terminal one line that moves, elsewhere some ten lines. */
final class TextLine {

    private static final int LINES = 10;
    private static final double REDRAW_SECONDS = 0.1;
    private static final double WARM_UP_SECONDS = 1;
    private static final double NANOS = 1e-9;

    private final MovingLine line;
    private final long start = System.nanoTime();
    private double shownAt;
    private double sum;
    private int count;

    TextLine(PrintWriter out) {
        line = new MovingLine(out);
    }

    /** Shows the mean loss since the last line of a tenth of the steps. */
    void step(int step, int steps, double loss) {
        sum += loss;
        count++;
        double seconds = (System.nanoTime() - start) * NANOS;
        boolean tenth = step == steps || step % Math.max(1, steps / LINES) == 0;
        if (tenth || line.isMoving() && seconds - shownAt > REDRAW_SECONDS) {
            shownAt = seconds;
            line.show(line(step, steps, sum / count, seconds), tenth);
        }
        if (tenth) {
            sum = 0;
            count = 0;
        }
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
        return MovingLine.withBar(head, step, steps, numbers + time);
    }

    /** Returns a loss, in nats, as people say it. */
    static String loss(double loss) {
        return text("%.3f bits a character, perplexity %.4g", loss / Math.log(2), Math.exp(loss));
    }
}
