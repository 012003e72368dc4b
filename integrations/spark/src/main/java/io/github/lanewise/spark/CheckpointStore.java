package io.github.lanewise.spark;

import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's checkpoints in a folder that every executor reaches, of any kind that Hadoop knows. The
 * trainer writes into a local folder of its own; from there each goes to the common one under
 * another name, and gets its own once it is whole.
 */
final class CheckpointStore implements TrainerCallback, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CheckpointStore.class.getName());
    private static final String NAME = "step-\\d{12}\\.safetensors";
    private static final int KEPT = 2;

    private final TrainingPlan plan;
    private final Path local;
    private final FileSystem files;
    private final org.apache.hadoop.fs.Path common;
    private String sent = "";

    private CheckpointStore(
            TrainingPlan plan, Path local, FileSystem files, org.apache.hadoop.fs.Path common) {
        this.plan = plan;
        this.local = local;
        this.files = files;
        this.common = common;
    }

    /**
     * @param scratch folder for local files
     */
    static CheckpointStore of(TrainingPlan plan, Path scratch) throws IOException {
        Path local = Files.createTempDirectory(scratch, "lanewise-checkpoints");
        if (plan.checkpointDir().isEmpty()) {
            return new CheckpointStore(plan, local, null, null);
        }
        org.apache.hadoop.fs.Path common = new org.apache.hadoop.fs.Path(plan.checkpointDir());
        FileSystem files =
                common.getFileSystem(SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()));
        return new CheckpointStore(plan, local, files, common);
    }

    /** Returns when the trainer writes, or null for never. */
    Checkpoints checkpoints() {
        if (common == null) {
            return null;
        }
        Checkpoints all = new Checkpoints(local).keep(KEPT);
        return plan.checkpointInterval() > 0
                ? all.everySteps(plan.checkpointInterval())
                : all.everyEpochs(1).every(Duration.ofMinutes(1));
    }

    /** Returns the name of the newest whole checkpoint; empty if there is none. */
    String newest() throws IOException {
        for (String name : names()) {
            Path copy = local.resolve("found.safetensors");
            try {
                files.copyToLocalFile(
                        false, new org.apache.hadoop.fs.Path(common, name), hadoop(copy), true);
                try (TensorFile tensors = TensorFile.open(copy)) {
                    tensors.verify();
                }
                return name;
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "checkpoint passed over, the one before it is taken: {0}",
                        e.getMessage());
            } finally {
                Files.deleteIfExists(copy);
            }
        }
        return "";
    }

    /** Returns the names of the common checkpoints, the newest first. */
    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        if (common == null) {
            return names;
        }
        try {
            for (FileStatus file : files.listStatus(common)) {
                if (file.getPath().getName().matches(NAME)) {
                    names.add(file.getPath().getName());
                }
            }
        } catch (FileNotFoundException e) {
            return names;
        }
        names.sort(Comparator.reverseOrder());
        return names;
    }

    /** Returns a local copy of a checkpoint; null for none. */
    Path fetch(String name) throws IOException {
        if (name.isEmpty()) {
            return null;
        }
        Path copy = Files.createDirectories(local.resolve("resume")).resolve(name);
        files.copyToLocalFile(
                false, new org.apache.hadoop.fs.Path(common, name), hadoop(copy), true);
        LOG.log(System.Logger.Level.INFO, "going on from {0}", name);
        return copy;
    }

    private static org.apache.hadoop.fs.Path hadoop(Path file) {
        return new org.apache.hadoop.fs.Path(file.toUri());
    }

    @Override
    public void onBatchEnd(Progress progress) {
        send();
    }

    /** Sends what the trainer has written since the last call. */
    private void send() {
        if (common == null) {
            return;
        }
        try {
            String newest = newestLocal();
            if (newest.compareTo(sent) <= 0) {
                return;
            }
            org.apache.hadoop.fs.Path part =
                    new org.apache.hadoop.fs.Path(common, newest + ".part");
            org.apache.hadoop.fs.Path whole = new org.apache.hadoop.fs.Path(common, newest);
            files.copyFromLocalFile(false, true, hadoop(local.resolve(newest)), part);
            files.delete(whole, false);
            if (!files.rename(part, whole)) {
                throw new IOException(part + " cannot be renamed");
            }
            sent = newest;
            List<String> names = names();
            for (String old : names.subList(Math.min(KEPT, names.size()), names.size())) {
                files.delete(new org.apache.hadoop.fs.Path(common, old), false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s: checkpointDir: %s cannot be written: %s"
                            .formatted(plan.estimator(), common, e.getMessage()),
                    e);
        }
    }

    private String newestLocal() throws IOException {
        try (Stream<Path> all = Files.list(local)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(NAME))
                    .max(Comparator.naturalOrder())
                    .orElse("");
        }
    }

    /** Removes the common checkpoints: the run has come to its end. */
    void forget() throws IOException {
        if (common != null) {
            files.delete(common, true);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(local)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
