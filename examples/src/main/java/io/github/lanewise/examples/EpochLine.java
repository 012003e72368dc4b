package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.PrintWriter;

/**
 * Shows training as one line for each epoch; on a terminal the line moves while the epoch runs. No
 * moving line is wider than {@link ProgressBar#WIDEST}, since a terminal could not take a longer
 * one back.
 */
final class EpochLine implements TrainerCallback {

    private static final int MOST_BAR = 24;
    private static final int LEAST_BAR = 6;
    private static final double REDRAW_SECONDS = 0.1;
    private static final double WARM_UP_SECONDS = 1;
    private static final double LARGE = 1e4;

    private final PrintWriter out;
    private final boolean moving;
    private final int every;
    private double shownAt;
    private int shownLength;

    /** Shows every so many epochs, and the last. */
    EpochLine(PrintWriter out, int every) {
        this(out, every, ProgressBar.onTerminal());
    }

    EpochLine(PrintWriter out, int every, boolean moving) {
        this.out = out;
        this.every = every;
        this.moving = moving;
    }

    @Override
    public void onEpochBegin(Progress progress) {
        shownAt = 0;
    }

    @Override
    public void onBatchEnd(Progress progress) {
        if (!moving || progress.seconds() - shownAt < REDRAW_SECONDS) {
            return;
        }
        shownAt = progress.seconds();
        double perSecond = progress.samples() / shownAt;
        double left = (progress.size() - progress.samples()) / perSecond;
        show(
                movingLine(
                        head(progress),
                        progress.samples(),
                        progress.size(),
                        numbers(progress.loss(), progress.accuracy()) + speed(perSecond),
                        // Before the code is warm, nobody can tell the time left.
                        shownAt < WARM_UP_SECONDS ? "" : text("  ETA %.0f s", left)));
    }

    /** Gives the bar what room the numbers leave; without room, drops the bar, then the time. */
    static String movingLine(String head, long done, long total, String numbers, String left) {
        int room = ProgressBar.WIDEST - head.length() - numbers.length() - left.length();
        // A blank and two brackets.
        int bar = Math.min(MOST_BAR, room - 3);
        String drawn = bar < LEAST_BAR ? "" : " " + ProgressBar.bar(done, total, bar);
        String line = head + drawn + numbers + (room < 0 ? "" : left);
        return line.substring(0, Math.min(line.length(), ProgressBar.WIDEST));
    }

    @Override
    public void onEpochEnd(Progress progress) {
        if (progress.epoch() % every != 0 && progress.epoch() != progress.epochs()) {
            return;
        }
        String test = progress.validation().map(v -> text("  test %.4f", v.accuracy())).orElse("");
        show(
                head(progress)
                        + numbers(progress.loss(), progress.accuracy())
                        + test
                        + speed(progress.samples() / progress.seconds()));
        out.println();
        out.flush();
        shownLength = 0;
    }

    private static String head(Progress progress) {
        String epochs = Integer.toString(progress.epochs());
        return text("Epoch %" + epochs.length() + "d/%s", progress.epoch(), epochs);
    }

    static String numbers(double loss, double accuracy) {
        return text(
                Math.abs(loss) < LARGE
                        ? "  loss %.4f  accuracy %.4f"
                        : "  loss %.3e  accuracy %.4f",
                loss,
                accuracy);
    }

    static String speed(double samplesPerSecond) {
        return text("  %,.0f samples/s", samplesPerSecond);
    }

    private void show(String line) {
        if (moving) {
            out.print('\r' + line + " ".repeat(Math.max(0, shownLength - line.length())));
            out.flush();
        } else {
            out.print(line);
        }
        shownLength = line.length();
    }
}
