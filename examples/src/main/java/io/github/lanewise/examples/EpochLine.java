package io.github.lanewise.examples;

import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.PrintWriter;

/** Shows training as one line for each epoch; on a terminal the line moves while the epoch runs. */
final class EpochLine implements TrainerCallback {

    private static final int WIDTH = 24;
    private static final double REDRAW_SECONDS = 0.1;
    private static final double WARM_UP_SECONDS = 1;

    private final PrintWriter out;
    private final boolean moving = ProgressBar.onTerminal();
    private final int every;
    private double shownAt;
    private int shownLength;

    /** Shows every so many epochs, and the last. */
    EpochLine(PrintWriter out, int every) {
        this.out = out;
        this.every = every;
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
        String bar = ProgressBar.bar(progress.samples(), progress.size(), WIDTH);
        show(head(progress) + " " + bar + " " + numbers(progress, shownAt) + left(progress));
    }

    /** Returns the time left, once the code is warm enough to tell. */
    private String left(Progress progress) {
        double left = shownAt * (progress.size() - progress.samples()) / progress.samples();
        return shownAt < WARM_UP_SECONDS ? "" : "  ETA %.0f s".formatted(left);
    }

    @Override
    public void onEpochEnd(Progress progress) {
        if (progress.epoch() % every != 0 && progress.epoch() != progress.epochs()) {
            return;
        }
        String test =
                progress.validation()
                        .map(v -> "  test accuracy %.4f".formatted(v.accuracy()))
                        .orElse("");
        show(head(progress) + "  " + numbers(progress, progress.seconds()) + test);
        out.println();
        out.flush();
        shownLength = 0;
    }

    private static String head(Progress progress) {
        String epochs = Integer.toString(progress.epochs());
        return ("Epoch %" + epochs.length() + "d/%s").formatted(progress.epoch(), epochs);
    }

    private static String numbers(Progress progress, double seconds) {
        return "loss %.4f  accuracy %.4f  %,7.0f samples/s"
                .formatted(progress.loss(), progress.accuracy(), progress.samples() / seconds);
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
