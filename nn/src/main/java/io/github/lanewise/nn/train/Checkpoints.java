package io.github.lanewise.nn.train;

import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.internal.Numbers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * When a {@link Trainer} writes checkpoints, where, and how many stay: enough to go on after a
 * crash as if there had been none.
 *
 * <pre>{@code
 * var checkpoints = new Checkpoints(folder).everyEpochs(1).every(Duration.ofMinutes(1));
 * trainer.checkpoints(checkpoints);
 * checkpoints.latest().ifPresent(trainer::resume);
 * trainer.fit(data, 10, 64);
 * }</pre>
 *
 * <p>Files are called {@code step-000000001234.safetensors} by the optimizer's steps. The few that
 * were written last stay, even if an earlier run into the same folder came further, and {@code
 * best.safetensors}, of the epoch with the lowest validation loss (or training loss, where there is
 * no validation). One is written at the end, too, and when training is stopped or interrupted. A
 * file is there whole or not at all.
 */
public final class Checkpoints {

    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());

    private static final Pattern NAME = Pattern.compile("step-\\d{12}\\.safetensors");
    private static final String BEST = "best.safetensors";
    private static final long NEVER = -1;

    private final Path folder;
    private long everySteps;
    private int everyEpochs;
    private long interval;
    private int keep = 3;
    private long writtenAt = System.nanoTime();
    private long writtenSteps = NEVER;

    /** Makes checkpoints in a folder, which is made if it is not there. */
    public Checkpoints(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /**
     * Writes one after so many steps of the optimizer.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Checkpoints everySteps(long number) {
        everySteps = Numbers.requirePositive("Checkpoints", "everySteps", number);
        return this;
    }

    /**
     * Writes one after so many epochs.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Checkpoints everyEpochs(int number) {
        everyEpochs = Numbers.requirePositive("Checkpoints", "everyEpochs", number);
        return this;
    }

    /**
     * Writes one when so much time has passed since the last.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Checkpoints every(Duration time) {
        interval = TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(time, "time"));
        Numbers.requirePositive("Checkpoints", "every", interval);
        return this;
    }

    /**
     * Sets how many of the newest stay; 3 unless set.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Checkpoints keep(int newest) {
        keep = Numbers.requirePositive("Checkpoints", "keep", newest);
        return this;
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /**
     * Returns the newest whole checkpoint. One that is torn or altered is passed over, with a
     * warning in the log.
     *
     * @throws IOException if the folder cannot be read
     */
    public Optional<Path> latest() throws IOException {
        for (Path file : newestFirst()) {
            try (TensorFile tensors = TensorFile.open(file)) {
                tensors.verify();
                return Optional.of(file);
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "checkpoint passed over, the one before it is taken: {0}",
                        e.getMessage());
            }
        }
        return Optional.empty();
    }

    private List<Path> newestFirst() throws IOException {
        List<Written> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (NAME.matcher(file.getFileName().toString()).matches()) {
                    all.add(new Written(file, timeOf(file)));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        all.sort(Comparator.reverseOrder());
        return all.stream().map(Written::file).toList();
    }

    /** A checkpoint, later than another if it was written later; at the same time, by its steps. */
    private record Written(Path file, FileTime at) implements Comparable<Written> {
        @Override
        public int compareTo(Written other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : file.compareTo(other.file);
        }
    }

    /** Returns when a file was written: long ago, if another process has just removed it. */
    private static FileTime timeOf(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Prepares for a run. */
    void begin() throws IOException {
        writtenSteps = NEVER;
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "checkpoints: %s: expected a folder, found a file",
                            folder),
                    e);
        }
    }

    void afterStep(Checkpoint checkpoint) throws IOException {
        boolean counted = everySteps > 0 && checkpoint.steps() % everySteps == 0;
        boolean timed = interval > 0 && System.nanoTime() - writtenAt >= interval;
        if (counted || timed) {
            write(checkpoint, true);
        }
    }

    void afterEpoch(Checkpoint checkpoint, History.Epoch epoch) throws IOException {
        boolean counted = everySteps > 0 && checkpoint.steps() % everySteps == 0;
        if (counted || everyEpochs > 0 && checkpoint.epochs() % everyEpochs == 0) {
            write(checkpoint, false);
        }
        if (checkpoint.isBest()) {
            Files.createDirectories(folder);
            checkpoint.save(folder.resolve(BEST), false);
        }
    }

    /** Writes the last one of a run, unless it is there. */
    void end(Checkpoint checkpoint, boolean inEpoch) throws IOException {
        if (inEpoch || writtenSteps != checkpoint.steps()) {
            write(checkpoint, inEpoch);
        }
    }

    private void write(Checkpoint checkpoint, boolean inEpoch) throws IOException {
        Files.createDirectories(folder);
        String name = String.format(Locale.ROOT, "step-%012d.safetensors", checkpoint.steps());
        Path written = folder.resolve(name);
        checkpoint.save(written, inEpoch);
        writtenAt = System.nanoTime();
        writtenSteps = checkpoint.steps();
        List<Path> others = new ArrayList<>(newestFirst());
        others.remove(written); // it stays, whatever the clock says
        for (int i = keep - 1; i < others.size(); i++) {
            Files.deleteIfExists(others.get(i));
        }
    }
}
