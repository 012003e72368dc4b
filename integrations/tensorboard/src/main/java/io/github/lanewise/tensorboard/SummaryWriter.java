package io.github.lanewise.tensorboard;

import io.github.lanewise.engine.Matrix;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * Writes values for TensorBoard into an event file of its own in a folder; PyTorch's class of this
 * name, in Java.
 *
 * <pre>{@code
 * try (var writer = new SummaryWriter(Path.of("runs", "first"))) {
 *     writer.addScalar("loss/train", loss, step);
 *     writer.addHistogram("weights", linear.weight().value(), step);
 * }
 * }</pre>
 *
 * <p>TensorBoard shows each folder below its {@code --logdir} as a run, and tags with a common
 * beginning before a slash together. What was added can be seen at once. Any number of threads may
 * use it. A file that cannot be written is an {@link UncheckedIOException}; a writer that was
 * closed, an {@link IllegalStateException}.
 */
public final class SummaryWriter implements AutoCloseable {

    // Field of Event; of Summary; of its Value.
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int HISTO = 5;

    // The field of Event that says where a run goes on; its status.
    private static final int SESSION_LOG = 7;
    private static final int STATUS = 1;
    private static final long START = 1;

    private final EventFile file;

    /** Begins a file in a folder, which is made if it is absent. */
    public SummaryWriter(Path folder) {
        this(folder, InstantSource.system());
    }

    /** Begins a file whose times are those of another clock. */
    SummaryWriter(Path folder, InstantSource clock) {
        Objects.requireNonNull(folder, "folder");
        try {
            file = new EventFile(folder, clock);
        } catch (IOException e) {
            throw broken(folder, e);
        }
    }

    private static UncheckedIOException broken(Path path, IOException e) {
        return new UncheckedIOException(
                new IOException("TensorBoard: %s cannot be written: %s".formatted(path, e), e));
    }

    /** Returns the file. */
    public Path file() {
        return file.path();
    }

    /**
     * Adds a number, which becomes a 32-bit float.
     *
     * @param step where on the x axis
     */
    public SummaryWriter addScalar(String tag, double value, long step) {
        return add(step, tagged(tag).number(SIMPLE_VALUE, (float) value));
    }

    /**
     * Adds how values are distributed. NaN and infinities are left out; if nothing else is there,
     * so is the histogram.
     */
    public SummaryWriter addHistogram(String tag, float[] values, long step) {
        return add(tag, Histogram.of(values), step);
    }

    /** Adds how the values of a matrix are distributed: see the other method. */
    public SummaryWriter addHistogram(String tag, Matrix values, long step) {
        return add(tag, Histogram.of(values), step);
    }

    private SummaryWriter add(String tag, Histogram histogram, long step) {
        Message value = tagged(tag);
        return histogram.isEmpty() ? this : add(step, value.message(HISTO, histogram.message()));
    }

    /**
     * Adds a picture of planes of numbers.
     *
     * @param pixels channels x height x width, from 0 (dark) to 1; what lies outside is cut
     * @param channels 1 for grey, 3 for red, green and blue
     * @throws IllegalArgumentException if there are not as many pixels, or other channels
     */
    public SummaryWriter addImage(
            String tag, float[] pixels, int channels, int height, int width, long step) {
        return addImage(tag, Image.of(pixels, channels, height, width), step);
    }

    /** Adds a picture. */
    public SummaryWriter addImage(String tag, BufferedImage image, long step) {
        return add(step, tagged(tag).message(IMAGE, Image.message(image)));
    }

    /** Adds a text, shown as Markdown. */
    public SummaryWriter addText(String tag, String text, long step) {
        tagged(tag);
        return add(step, Plugins.text(tag, Objects.requireNonNull(text, "text")));
    }

    /**
     * Adds the hyperparameters of the whole run and what came of them; once for a folder.
     *
     * @param hparams numbers, booleans or texts, by name
     * @param metrics by tag; added as scalars, too
     */
    public SummaryWriter addHparams(Map<String, ?> hparams, Map<String, Double> metrics) {
        beginHparams(hparams);
        metrics.forEach((tag, value) -> addScalar(tag, value, 0));
        return endHparams(true);
    }

    /** Says that a run with these hyperparameters begins. */
    SummaryWriter beginHparams(Map<String, ?> hparams) {
        return add(0, Plugins.sessionStart(hparams, file.seconds()));
    }

    /** Says that the run is over. */
    SummaryWriter endHparams(boolean success) {
        return add(0, Plugins.sessionEnd(success, file.seconds()));
    }

    /** Says that a run goes on: what older files of the folder have from this step on is void. */
    synchronized void goOnAt(long step) {
        write(step, SESSION_LOG, new Message().number(STATUS, START));
    }

    private static Message tagged(String tag) {
        if (tag.isBlank()) {
            throw new IllegalArgumentException("SummaryWriter: the tag is empty; give a name");
        }
        return new Message().text(TAG, tag);
    }

    private synchronized SummaryWriter add(long step, Message value) {
        write(step, SUMMARY, new Message().message(VALUE, value));
        return this;
    }

    private void write(long step, int field, Message what) {
        if (!file.isOpen()) {
            throw new IllegalStateException(
                    "SummaryWriter: %s is closed; make another".formatted(file.path()));
        }
        try {
            file.add(step, field, what);
        } catch (IOException e) {
            throw broken(file.path(), e);
        }
    }

    /** Waits until all is on the disk; others see it before. */
    public synchronized void flush() {
        try {
            file.flush();
        } catch (IOException e) {
            throw broken(file.path(), e);
        }
    }

    /** Closes the file; a second time does nothing. */
    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw broken(file.path(), e);
        }
    }
}
