package io.github.lanewise.nn.callback;

import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;

/**
 * Shows training as one line for each epoch; on a terminal the line moves while the epoch runs,
 * with a bar and the time that is left.
 *
 * <pre>{@code
 * trainer.fit(data, 10, 64, new EpochLine(System.console().writer(), 1));
 * }</pre>
 *
 * <p>No moving line is wider than {@value #WIDEST} columns, since a terminal could not take a
 * longer one back. Where output is no terminal, or a dumb one, nothing moves.
 */
public final class EpochLine implements TrainerCallback {

    /** The widest line that fits every usual terminal; in the last column some begin a new line. */
    public static final int WIDEST = 79;

    private static final int MOST_BAR = 24;
    private static final int LEAST_BAR = 6;
    private static final double REDRAW_SECONDS = 0.1;
    private static final double WARM_UP_SECONDS = 1;
    private static final double LARGE = 1e4;

    private final PrintWriter out;
    private final boolean moving;
    private final int every;
    private String measured = "test";
    private double shownAt;
    private int shownLength;

    /**
     * Shows every so many epochs, and the last; the line moves if a person watches.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public EpochLine(PrintWriter out, int every) {
        this(out, every, onTerminal());
    }

    /**
     * Shows every so many epochs, and the last.
     *
     * @param moving whether the line moves while an epoch runs
     * @throws IllegalArgumentException if epochs are below 1
     */
    public EpochLine(PrintWriter out, int every, boolean moving) {
        if (every < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "EpochLine: every is %s epochs; it must be 1 or more",
                            every));
        }
        this.out = Objects.requireNonNull(out, "out");
        this.every = every;
        this.moving = moving;
    }

    /** Sets what the samples are called on which the model is measured after each epoch: "test". */
    public EpochLine measured(String name) {
        measured = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Returns whether a person watches on a terminal that can take a line back: standard input and
     * output both are a terminal, and TERM does not say that it is a dumb one.
     */
    public static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal() && !isDumb(System.getenv("TERM"));
    }

    /** Returns whether a terminal can only print; Windows does not name its own. */
    static boolean isDumb(String term) {
        return term == null
                ? !System.getProperty("os.name").startsWith("Windows")
                : term.isBlank() || term.equals("dumb");
    }

    /** Returns a bar of text, filled in proportion. */
    public static String bar(long done, long total, int width) {
        int filled = (int) (width * Math.min(done, total) / Math.max(1, total));
        String head = filled == width ? "" : ">";
        return "[" + "=".repeat(filled) + head + ".".repeat(width - filled - head.length()) + "]";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
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
        int room = WIDEST - head.length() - numbers.length() - left.length();
        // A blank and two brackets.
        int bar = Math.min(MOST_BAR, room - 3);
        String drawn = bar < LEAST_BAR ? "" : " " + bar(done, total, bar);
        String line = head + drawn + numbers + (room < 0 ? "" : left);
        return line.substring(0, Math.min(line.length(), WIDEST));
    }

    @Override
    public void onEpochEnd(Progress progress) {
        if (progress.epoch() % every != 0 && progress.epoch() != progress.epochs()) {
            return;
        }
        String test = progress.validation().map(this::validation).orElse("");
        show(
                head(progress)
                        + numbers(progress.loss(), progress.accuracy())
                        + test
                        + speed(progress.samples() / progress.seconds()));
        out.println();
        out.flush();
        shownLength = 0;
    }

    private String validation(Evaluation found) {
        return Double.isNaN(found.accuracy())
                ? text("  %s loss %.4f", measured, found.loss())
                : text("  %s %.4f", measured, found.accuracy());
    }

    private static String head(Progress progress) {
        String epochs = Integer.toString(progress.epochs());
        return text("Epoch %" + epochs.length() + "d/%s", progress.epoch(), epochs);
    }

    static String numbers(double loss, double accuracy) {
        return text(Math.abs(loss) < LARGE ? "  loss %.4f" : "  loss %.3e", loss)
                + (Double.isNaN(accuracy) ? "" : text("  accuracy %.4f", accuracy));
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
