package io.github.lanewise.examples;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/** A bar that fills as bytes arrive; it draws nothing unless a person watches. */
public final class ProgressBar implements AutoCloseable {

    /** The widest line that fits every usual terminal; in the last column some begin a new line. */
    static final int WIDEST = 79;

    private static final int WIDTH = 30;
    private static final double MEGABYTE = 1e6;

    private final PrintStream out = System.out;
    private final boolean shown = onTerminal();
    private final String title;
    private final long total;
    private int percent = -1;

    /**
     * Makes an empty bar.
     *
     * @param title what arrives
     * @param total how many bytes there will be
     */
    public ProgressBar(String title, long total) {
        this.title = title;
        this.total = total;
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

    /** Shows how many bytes have arrived. */
    public void show(long done) {
        int now = (int) (100 * Math.min(done, total) / Math.max(1, total));
        if (shown && now != percent) {
            percent = now;
            out.printf(
                    Locale.ROOT,
                    "\r%s %s %.1f of %.1f MB",
                    title,
                    bar(done, total, WIDTH),
                    done / MEGABYTE,
                    total / MEGABYTE);
            out.flush();
        }
    }

    @Override
    public void close() {
        if (shown && percent >= 0) {
            out.println();
        }
    }
}
