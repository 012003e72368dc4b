package io.github.lanewise.tensorboard;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Lets TensorBoard show a training, while it runs and afterwards.
 *
 * <pre>{@code
 * trainer.validation(held).fit(data, 20, 64, TensorBoard.at(Path.of("runs", "first")));
 * }</pre>
 *
 * and then {@code tensorboard --logdir runs}. Each epoch it writes all measures, under the same tag
 * into the runs {@code train} and {@code validation} so that they share a chart ({@code
 * epoch/loss}, {@code epoch/accuracy}, ...), samples a second, the learning rate, and histograms of
 * all weights and of the gradients of the last step, as they are before they are clipped; at the
 * beginning the model as text. Of batches it writes nothing unless {@link #updateFreq} is set.
 * Hyperparameters come in the folder itself.
 *
 * <p>Epochs count on from one call of {@code fit} to the next, and over a checkpoint from which
 * training goes on. Of several workers that train together only one should have it.
 */
public final class TensorBoard implements TrainerCallback {

    private static final String OF_VALIDATION = "val_";

    // The runs, by their folders below that of the training.
    private static final String HPARAMS = "";
    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String STEPS = "steps";

    private final Path folder;
    private final InstantSource clock;
    private final Map<String, Object> hparams = new LinkedHashMap<>();
    private final List<BiConsumer<SummaryWriter, Progress>> additions = new ArrayList<>();
    private int histogramFreq = 1;
    private int updateFreq;

    private int epochsBefore;
    private boolean goesOn;
    private boolean inEpoch;
    private final Map<String, SummaryWriter> runs = new LinkedHashMap<>();

    private TensorBoard(Path folder, InstantSource clock) {
        this.folder = Objects.requireNonNull(folder, "folder");
        this.clock = clock;
    }

    /** Makes it for the folder of one training; a sibling should hold the next one. */
    public static TensorBoard at(Path folder) {
        return new TensorBoard(folder, InstantSource.system());
    }

    /**
     * Sets that histograms are written every so many epochs; 1 unless set, 0 for none.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public TensorBoard histogramFreq(int epochs) {
        histogramFreq = requireNotNegative("histogramFreq", epochs);
        return this;
    }

    /**
     * Sets that loss and learning rate are written every so many steps, as {@code step/loss} and
     * {@code step/learning_rate} of a run {@code steps}; 0 unless set, for never.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public TensorBoard updateFreq(int steps) {
        updateFreq = requireNotNegative("updateFreq", steps);
        return this;
    }

    /** Sets the hyperparameters of this training, by name: numbers, booleans or texts. */
    public TensorBoard hparams(Map<String, ?> byName) {
        Plugins.sessionStart(byName, 0);
        hparams.putAll(byName);
        return this;
    }

    /** Adds what a program has to say at the end of each epoch, such as a picture. */
    public TensorBoard onEpoch(BiConsumer<SummaryWriter, Progress> addition) {
        additions.add(Objects.requireNonNull(addition, "addition"));
        return this;
    }

    private static int requireNotNegative(String option, int number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "TensorBoard: %s is %s; it must be 0 or more".formatted(option, number));
        }
        return number;
    }

    @Override
    public void onTrainBegin(Progress progress) {
        inEpoch = progress.batch() > 0 && progress.batch() < progress.batches();
        if (!hparams.isEmpty()) {
            run(HPARAMS, 0).beginHparams(hparams);
        }
        long next = step(progress) + (inEpoch ? 0 : 1);
        run(TRAIN, next).addText("model", "```\n" + progress.model() + "\n```", 0);
    }

    /** Returns the writer of a run below the folder; it begins with a step. */
    private SummaryWriter run(String name, long step) {
        SummaryWriter writer = runs.get(name);
        if (writer == null) {
            writer = new SummaryWriter(folder.resolve(name), clock);
            if (goesOn) {
                writer.goOnAt(step);
            }
            runs.put(name, writer);
        }
        return writer;
    }

    @Override
    public void onEpochBegin(Progress progress) {
        inEpoch = true;
    }

    @Override
    public void onStepBegin(Progress progress) {
        if (progress.batch() == progress.batches() && isDue(progress)) {
            long step = step(progress);
            progress.model()
                    .parameters()
                    .forEach((path, parameter) -> addGradient(path, parameter, step));
        }
    }

    private void addGradient(String path, Param parameter, long step) {
        if (parameter.hasGradient()) {
            run(TRAIN, step).addHistogram("gradients/" + path, parameter.gradient(), step);
        }
    }

    private boolean isDue(Progress progress) {
        return histogramFreq > 0 && step(progress) % histogramFreq == 0;
    }

    private long step(Progress progress) {
        return epochsBefore + progress.epoch();
    }

    @Override
    public void onBatchEnd(Progress progress) {
        long steps = progress.optimizer().steps();
        if (updateFreq > 0 && steps % updateFreq == 0) {
            run(STEPS, steps)
                    .addScalar("step/loss", progress.batchLoss(), steps)
                    .addScalar("step/learning_rate", progress.optimizer().learningRate(), steps);
        }
    }

    @Override
    public void onEpochEnd(Progress progress) {
        inEpoch = false;
        long step = step(progress);
        progress.measures().forEach((name, value) -> addMeasure(name, value, step));
        SummaryWriter train = run(TRAIN, step);
        train.addScalar("epoch/learning_rate", progress.optimizer().learningRate(), step);
        train.addScalar("epoch/samples_per_second", progress.samples() / progress.seconds(), step);
        if (isDue(progress)) {
            progress.model()
                    .parameters()
                    .forEach((path, p) -> train.addHistogram("weights/" + path, p.value(), step));
        }
        additions.forEach(addition -> addition.accept(train, progress));
        runs.values().forEach(SummaryWriter::flush);
    }

    private void addMeasure(String name, double value, long step) {
        boolean ofValidation = name.startsWith(OF_VALIDATION);
        String tag = "epoch/" + (ofValidation ? name.substring(OF_VALIDATION.length()) : name);
        run(ofValidation ? VALIDATION : TRAIN, step).addScalar(tag, value, step);
    }

    @Override
    public void onTrainEnd(Progress progress) {
        epochsBefore += progress.epoch();
        if (!hparams.isEmpty() && runs.containsKey(HPARAMS)) {
            runs.get(HPARAMS).endHparams(!inEpoch);
        }
        runs.values().forEach(SummaryWriter::close);
        runs.clear();
    }

    @Override
    public void save(StateWriter out) {
        out.put("epochsBefore", epochsBefore);
    }

    @Override
    public void load(StateReader in) throws IOException {
        epochsBefore = in.get("epochsBefore").asInt();
        goesOn = true;
    }
}
