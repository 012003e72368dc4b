package io.github.lanewise.nn.callback;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Writes the model into a file at the end of each epoch, or of each that is the best so far: what
 * others may use while training goes on. To go on after a crash, see {@code train.Checkpoints}.
 *
 * <pre>{@code
 * trainer.validation(held).fit(data, 20, 64, new ModelCheckpoint(file).saveBestOnly());
 * }</pre>
 *
 * <p>The file is there whole or not at all; each epoch's takes the place of the one before. Which
 * way a measure is better is as for {@link EarlyStopping}.
 */
public final class ModelCheckpoint implements TrainerCallback {

    private final Path file;
    private final Monitor monitor = new Monitor();
    private boolean bestOnly;
    private UnaryOperator<ModelFile> description = UnaryOperator.identity();

    /** Makes it for a file, which is overwritten. */
    public ModelCheckpoint(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /**
     * Writes only epochs that are the best so far, by {@code val_loss} unless {@link #monitor}; if
     * the validation is measured with averaged weights, it writes these.
     */
    public ModelCheckpoint saveBestOnly() {
        bestOnly = true;
        return this;
    }

    /** Sets the measure to watch, by name: see {@link Progress#metric}. */
    public ModelCheckpoint monitor(String name) {
        monitor.name(name);
        return this;
    }

    /** Sets which way is better. */
    public ModelCheckpoint mode(EarlyStopping.Mode better) {
        monitor.mode(better);
        return this;
    }

    /**
     * Sets what the file says beside the model, such as labels: {@code f -> f.labels("a", "b")}.
     */
    public ModelCheckpoint describe(UnaryOperator<ModelFile> description) {
        this.description = Objects.requireNonNull(description, "description");
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if it needs a measure that there will not be
     * @throws UncheckedIOException if the file cannot have its place
     */
    @Override
    public void onTrainBegin(Progress progress) {
        AtomicFile.requirePlace(file);
        if (bestOnly) {
            progress.requireMetric(monitor.name());
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    @Override
    public void onEpochEnd(Progress progress) {
        if (bestOnly && !monitor.improve(progress.metric(monitor.name()))) {
            return;
        }
        if (bestOnly) {
            monitor.withWeights(progress, () -> save(progress.model()));
        } else {
            save(progress.model());
        }
    }

    private void save(Layer model) {
        try {
            description.apply(new ModelFile(model)).save(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(StateWriter out) {
        monitor.save(out);
    }

    @Override
    public void load(StateReader in) throws IOException {
        monitor.load(in);
    }
}
