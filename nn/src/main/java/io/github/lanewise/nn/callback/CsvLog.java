package io.github.lanewise.nn.callback;

import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Writes a line of measures for each epoch into a file of comma-separated values: {@code epoch},
 * {@code seconds}, {@code loss}, {@code accuracy}, metrics, and those of the validation. The file
 * is whole after each epoch; a run that goes on from a checkpoint has the lines from before.
 */
public final class CsvLog implements TrainerCallback {

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    /** Makes a log in a file, which is overwritten. */
    public CsvLog(Path file) {
        this.file = Objects.requireNonNull(file, "file");
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file cannot have its place
     */
    @Override
    public void onTrainBegin(Progress progress) {
        AtomicFile.requirePlace(file);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    @Override
    public void onEpochEnd(Progress progress) {
        StringJoiner names = new StringJoiner(",").add("epoch").add("seconds");
        StringJoiner values = new StringJoiner(",").add(Integer.toString(progress.epoch()));
        values.add(Double.toString(progress.seconds()));
        progress.measures()
                .forEach(
                        (name, value) -> {
                            names.add(name);
                            values.add(Double.toString(value));
                        });
        if (lines.isEmpty()) {
            lines.add(names.toString());
        }
        lines.add(values.toString());
        String text = String.join("\n", lines) + "\n";
        try {
            AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(StateWriter out) {
        out.put("lines", lines);
    }

    @Override
    public void load(StateReader in) throws IOException {
        lines.clear();
        lines.addAll(in.get("lines").asStrings());
    }
}
