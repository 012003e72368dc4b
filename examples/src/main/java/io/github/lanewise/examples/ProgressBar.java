package io.github.lanewise.examples;

import io.github.lanewise.nn.callback.EpochLine;

import java.io.PrintStream;
import java.util.Locale;

/** A bar that fills as bytes arrive; it draws nothing unless a person watches. */
public final class ProgressBar implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final double MEGABYTE = 1e6;

    private final PrintStream out = System.out;
    private final boolean shown = EpochLine.onTerminal();
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

    /** Shows how many bytes have arrived. */
    public void show(long done) {
        int now = (int) (100 * Math.min(done, total) / Math.max(1, total));
        if (shown && now != percent) {
            percent = now;
            out.printf(
                    Locale.ROOT,
                    "\r%s %s %.1f of %.1f MB",
                    title,
                    EpochLine.bar(done, total, WIDTH),
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
