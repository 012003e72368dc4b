package io.github.lanewise.nn.train;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.metrics.Metric;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * All that a run remembers between two steps, as a safetensors file: parameters and states, the
 * optimizer, random streams, callbacks, metrics, the epochs so far, the place in the running one,
 * and what data it was.
 */
final class Checkpoint {

    /** The metadata that holds the values; the arrays are tensors. */
    private static final String KEY = "lanewise.checkpoint";

    private static final int FORMAT = 1;

    /** Conditions that files did not have from the first, and what is so without them. */
    private static final Map<String, Object> LATER = Map.of("shards", 1, "sampler", "none");

    private final RunSettings settings;
    private final RunPosition position;
    private final Dataset dataset;
    private final int batchSize;
    private final Progress progress;
    private final List<TrainerCallback> callbacks;
    private final List<History.Epoch> done;
    private String fingerprint;

    Checkpoint(
            RunSettings settings,
            RunPosition position,
            Dataset dataset,
            int batchSize,
            Progress progress,
            List<TrainerCallback> callbacks,
            List<History.Epoch> done) {
        this.settings = settings;
        this.position = position;
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.progress = progress;
        this.callbacks = callbacks;
        this.done = done;
    }

    long steps() {
        return progress.optimizer().steps();
    }

    int epochs() {
        return done.size();
    }

    /** Returns whether the last epoch has the lowest loss so far. */
    boolean isBest() {
        double last = measure(done.getLast());
        return done.subList(0, done.size() - 1).stream().noneMatch(e -> measure(e) <= last)
                && !Double.isNaN(last);
    }

    private static double measure(History.Epoch epoch) {
        return epoch.validation().map(Evaluation::loss).orElseGet(epoch::loss);
    }

    private String fingerprint() {
        if (fingerprint == null) {
            fingerprint = DataFingerprint.of(dataset);
        }
        return fingerprint;
    }

    /** Returns what must be the same in the run that goes on. */
    private SequencedMap<String, Object> conditions() {
        SequencedMap<String, Object> same = new LinkedHashMap<>();
        same.put("samples", dataset.size());
        same.put("data", fingerprint());
        same.put("batchSize", batchSize);
        same.put("accumulate", settings.accumulated);
        same.put("shards", settings.allShards());
        same.put("sampler", settings.sampler == null ? "none" : Agreement.said(settings.sampler));
        same.put("seed", settings.seed);
        same.put("shuffle", settings.shuffle);
        same.put("dropLast", settings.dropLast);
        same.put("callbacksThatRemember", remembering().size());
        return same;
    }

    /** Returns the callbacks that remember something, in order. */
    private List<TrainerCallback> remembering() {
        return callbacks.stream().filter(Checkpoint::remembers).toList();
    }

    private static boolean remembers(TrainerCallback callback) {
        StateWriter out = new StateWriter();
        callback.save(out);
        return !out.isEmpty();
    }

    /**
     * Checks that all workers begin alike. Gradients of another loss or model may have the same
     * sizes, and their sum is the same on all workers, so that no later check would notice.
     *
     * @param loss of this worker
     * @throws IllegalStateException if not
     */
    void requireSameBegin(Collective workers, Loss loss) {
        SequencedMap<String, Object> begin = conditions();
        begin.put("epochs", progress.epochs());
        begin.put("loss", loss);
        begin.put("optimizer", progress.optimizer());
        begin.put("metrics", settings.trainingMetrics.stream().map(Metric::name).toList());
        begin.put("steps", steps());
        begin.put(
                "trainableParameters",
                progress.model().parameters().values().stream().filter(Param::isTrainable).count());
        begin.put("epochsDone", done.size());
        begin.put("samplesOfEpoch", progress.samples());
        begin.put("model", progress.model());
        begin.put("weightsAndStates", ModelHash.of(progress.model()));
        Agreement.require(workers, begin, "give all workers the same");
    }

    /**
     * Checks that all workers end alike.
     *
     * @throws IllegalStateException if not
     */
    void requireSameEnd(Collective workers) {
        SequencedMap<String, Object> end = new LinkedHashMap<>();
        end.put("steps", steps());
        end.put("weightsAndStates", ModelHash.of(progress.model()));
        Agreement.require(
                workers, end, "its callbacks did something else, or its machine computes wrongly");
    }

    /** Writes the file: whole or not at all. */
    void save(Path file, boolean inEpoch) throws IOException {
        StateWriter out = new StateWriter();
        out.put("format", FORMAT);
        out.put("conditions", conditions());
        out.put("inEpoch", inEpoch);
        save(out, remembering());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(KEY, out.values().toString());
        Safetensors.write(file, metadata, out.tensors());
    }

    private void save(StateWriter out, List<TrainerCallback> remembering) {
        Layer model = progress.model();
        model.parameters().forEach((path, p) -> out.in("parameters").put(path, p.value()));
        model.states().forEach((path, s) -> out.in("states").put(path, s.value()));
        StateWriter random = out.in("random");
        Stochastic.all(model)
                .forEach(
                        (path, layer) ->
                                random.in(path)
                                        .put("seed", layer.seed())
                                        .put("draws", layer.draws()));
        progress.optimizer().save(out.in("optimizer"), model.parameters());
        if (settings.average != null) {
            settings.average.save(out.in("average"));
        }
        for (int i = 0; i < remembering.size(); i++) {
            remembering.get(i).save(out.in("callback" + i));
        }
        out.put("trainerEpoch", position.epoch);
        progress.save(out.in("progress"));
        out.put("history", done.stream().map(EpochJson::of).toList());
    }

    /**
     * Puts everything as it was.
     *
     * @return whether it was in the middle of an epoch
     * @throws FormatException if the file is broken, or another run's; then nothing has changed
     */
    boolean load(Path file) throws IOException {
        try (TensorFile tensors = TensorFile.open(file)) {
            tensors.verify();
            String text = tensors.metadata().get(KEY);
            if (text == null) {
                throw new FormatException(
                        "checkpoint: %s: expected a checkpoint, found tensors without %s in their metadata"
                                .formatted(file, KEY));
            }
            Json values = Json.parse(text.getBytes(StandardCharsets.UTF_8), file.toString());
            StateReader in = new StateReader(values, tensors);
            if (in.get("format").asInt() != FORMAT) {
                throw in.get("format").expected("a checkpoint of format " + FORMAT);
            }
            requireSame(file, in.get("conditions"));
            boolean inEpoch = in.get("inEpoch").asBoolean();
            try {
                loadAllOrNothing(in);
            } catch (FormatException e) {
                throw new FormatException(
                        "checkpoint: %s is of another model, optimizer or list of callbacks: %s; give it the same to go on, or begin anew"
                                .formatted(file, e.getMessage()),
                        e);
            }
            return inEpoch;
        }
    }

    /** What does not fit may show halfway, so that what was there before is kept until the end. */
    private void loadAllOrNothing(StateReader in) throws IOException {
        List<TrainerCallback> remembering = remembering();
        StateWriter before = new StateWriter();
        save(before, remembering);
        StateReader kept = before.copy();
        try {
            load(in, remembering);
        } catch (IOException | RuntimeException refused) {
            try {
                load(kept, remembering);
            } catch (IOException | RuntimeException e) {
                refused.addSuppressed(e);
            }
            throw refused;
        }
    }

    private void requireSame(Path file, Json found) throws FormatException {
        for (Map.Entry<String, Object> expected : conditions().entrySet()) {
            String name = expected.getKey();
            Json other =
                    LATER.containsKey(name)
                            ? found.find(name).orElse(Json.of(LATER.get(name)))
                            : found.get(name);
            if (!other.equals(Json.of(expected.getValue()))) {
                throw new FormatException(
                        ("checkpoint: %s is of a run with %s %s, this one has %s; give it the same"
                                        + " to go on, or begin anew")
                                .formatted(file, expected.getKey(), other, expected.getValue()));
            }
        }
    }

    private void load(StateReader in, List<TrainerCallback> remembering) throws IOException {
        Layer model = progress.model();
        StateReader random = in.in("random");
        for (Map.Entry<String, Param> entry : model.parameters().entrySet()) {
            in.in("parameters").read(entry.getKey(), entry.getValue().value());
        }
        for (Map.Entry<String, State> entry : model.states().entrySet()) {
            in.in("states").read(entry.getKey(), entry.getValue().value());
        }
        for (Map.Entry<String, Stochastic> entry : Stochastic.all(model).entrySet()) {
            StateReader of = random.in(entry.getKey());
            entry.getValue().restart(of.get("seed").asLong(), entry.getKey());
            entry.getValue().draws(of.get("draws").asLong());
        }
        progress.optimizer().load(in.in("optimizer"), model.parameters());
        if (settings.average != null) {
            settings.average.load(in.in("average"));
        }
        for (int i = 0; i < remembering.size(); i++) {
            remembering.get(i).load(in.in("callback" + i));
        }
        position.epoch = in.get("trainerEpoch").asLong();
        progress.load(in.in("progress"));
        done.clear();
        for (Json epoch : in.get("history").elements()) {
            done.add(EpochJson.epoch(epoch));
        }
    }
}
