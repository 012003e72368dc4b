package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.callback.EpochLine;
import io.github.lanewise.tabular.EpochListener;
import io.github.lanewise.tabular.TrainingHistory;

import java.io.PrintWriter;

/**
 * Shows the training on a table: on a terminal one line that moves, of at most {@link
 * EpochLine#WIDEST} columns; elsewhere some sixteen lines a network.
 */
final class FitLine implements EpochListener {

    private static final int LINES = 16;
    private static final int BAR = 20;
    private static final int LEAST_BAR = 5;
    private static final double NANOS = 1e-9;

    private final PrintWriter out;
    private final boolean moving;
    private final long start = System.nanoTime();
    private int networks;
    private int done;
    private int shown;

    FitLine(PrintWriter out) {
        this(out, EpochLine.onTerminal());
    }

    FitLine(PrintWriter out, boolean moving) {
        this.out = out;
        this.moving = moving;
    }

    @Override
    public void onEpoch(TrainingHistory.Epoch epoch, int epochs) {
        networks += epoch.number() == 1 ? 1 : 0;
        done++;
        boolean last = epoch.number() == epochs;
        if (!moving && !last && epoch.number() % Math.max(1, epochs / LINES) != 0) {
            return;
        }
        double seconds = (System.nanoTime() - start) * NANOS;
        String line = line(networks, epoch, epochs, seconds / done);
        if (!moving) {
            out.println(line);
        } else {
            out.print('\r' + line + " ".repeat(Math.max(0, shown - line.length())));
            shown = line.length();
            if (last) {
                out.println();
                shown = 0;
            }
        }
        out.flush();
    }

    /** Returns a line with a bar in what room the numbers leave. */
    static String line(int network, TrainingHistory.Epoch epoch, int epochs, double each) {
        String head = text("Network %d  epoch %d/%d", network, epoch.number(), epochs);
        String numbers =
                text(
                        "  loss %.4g  validation %.4g  ETA %.0f s",
                        epoch.loss(), epoch.validation(), each * (epochs - epoch.number()));
        // A blank and two brackets.
        int room = EpochLine.WIDEST - head.length() - numbers.length() - 3;
        int bar = Math.min(BAR, room);
        String drawn = bar < LEAST_BAR ? "" : " " + EpochLine.bar(epoch.number(), epochs, bar);
        String line = head + drawn + numbers;
        return line.substring(0, Math.min(line.length(), EpochLine.WIDEST));
    }
}
