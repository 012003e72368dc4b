package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.tabular.EpochListener;
import io.github.lanewise.tabular.TrainingHistory;

import java.io.PrintWriter;

/**
 * Shows the training on a table: on a terminal one line that moves, elsewhere some sixteen lines a
 * network.
 */
final class FitLine implements EpochListener {

    private static final int LINES = 16;
    private static final double NANOS = 1e-9;

    private final MovingLine line;
    private final long start = System.nanoTime();
    private int networks;
    private int done;

    FitLine(PrintWriter out) {
        line = new MovingLine(out);
    }

    @Override
    public void onEpoch(TrainingHistory.Epoch epoch, int epochs) {
        networks += epoch.number() == 1 ? 1 : 0;
        done++;
        boolean last = epoch.number() == epochs;
        if (line.isMoving() || last || epoch.number() % Math.max(1, epochs / LINES) == 0) {
            double seconds = (System.nanoTime() - start) * NANOS;
            line.show(line(networks, epoch, epochs, seconds / done), last);
        }
    }

    /** Returns a line with a bar in what room the numbers leave. */
    static String line(int network, TrainingHistory.Epoch epoch, int epochs, double each) {
        String head = text("Network %d  epoch %d/%d", network, epoch.number(), epochs);
        String numbers =
                text(
                        "  loss %.4g  validation %.4g  ETA %.0f s",
                        epoch.loss(), epoch.validation(), each * (epochs - epoch.number()));
        return MovingLine.withBar(head, epoch.number(), epochs, numbers);
    }
}
