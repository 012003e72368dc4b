package io.github.lanewise.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;
import io.github.lanewise.tensorboard.EventReader.Event;
import io.github.lanewise.tensorboard.EventReader.Fields;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

final class TensorBoardTest {

    private static final float[][] POINTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {2, 0}, {0, 2}};
    private static final int[] LABELS = {0, 1, 1, 0, 0, 1};
    private static final long SUCCESS = 1;
    private static final long FAILURE = 2;

    @TempDir private Path folder;

    private final Sequential model = new Sequential(new Linear(2, 8), new ReLU(), new Linear(8, 2));

    private Trainer trainer() {
        return new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.02f))
                .validationSplit(1.0 / 3);
    }

    private History fit(int epochs, TrainerCallback... callbacks) {
        return trainer().fit(POINTS, LABELS, epochs, 2, callbacks);
    }

    /** Does something at the end of an epoch. */
    private static TrainerCallback after(int epoch, Runnable what) {
        return new TrainerCallback() {
            @Override
            public void onEpochEnd(Progress progress) {
                if (progress.epoch() == epoch) {
                    what.run();
                }
            }
        };
    }

    @Test
    void measuresOfTrainingAndValidationShareTheirTags() throws IOException {
        History history = fit(3, TensorBoard.at(folder));
        for (int i = 0; i < 3; i++) {
            History.Epoch epoch = history.epochs().get(i);
            long step = i + 1;
            assertEquals((float) epoch.loss(), scalars("train", "epoch/loss").get(step));
            assertEquals((float) epoch.accuracy(), scalars("train", "epoch/accuracy").get(step));
            assertEquals(
                    (float) epoch.validation().orElseThrow().loss(),
                    scalars("validation", "epoch/loss").get(step));
            assertEquals(0.02f, scalars("train", "epoch/learning_rate").get(step));
        }
    }

    private Map<Long, Float> scalars(String run, String tag) throws IOException {
        return EventReader.scalars(folder.resolve(run), tag);
    }

    @Test
    void allIsThereWhileTrainingGoesOn() {
        List<Integer> seen = new ArrayList<>();
        Runnable look =
                () -> {
                    try {
                        seen.add(scalars("validation", "epoch/loss").size());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                };
        fit(3, TensorBoard.at(folder), after(1, look), after(2, look));
        assertEquals(List.of(1, 2), seen);
    }

    @Test
    void histogramsCountEachWeightAndGradient() throws IOException {
        fit(4, TensorBoard.at(folder).histogramFreq(2));
        List<String> histograms = new ArrayList<>();
        for (Event event : EventReader.summaries(folder.resolve("train"))) {
            if (event.value().has(5)) {
                String path = event.tag().substring(event.tag().indexOf('/') + 1);
                int size = model.parameters().get(path).size();
                assertEquals((double) size, event.value().message(5).value(3), event.tag());
                histograms.add(event.tag() + " " + event.step());
            }
        }
        List<String> expected = new ArrayList<>();
        for (int step = 2; step <= 4; step += 2) {
            for (String kind : List.of("gradients/", "weights/")) {
                for (String path : model.parameters().keySet()) {
                    expected.add(kind + path + " " + step);
                }
            }
        }
        assertEquals(expected, histograms);
    }

    @Test
    void lastHistogramIsThatOfTheWeightsThereAre() throws IOException {
        fit(2, TensorBoard.at(folder));
        float[] bias = model.parameters().get("2.bias").value().data();
        Fields last =
                EventReader.summaries(folder.resolve("train")).stream()
                        .filter(event -> event.tag().equals("weights/2.bias"))
                        .reduce((_, later) -> later)
                        .orElseThrow()
                        .value()
                        .message(5);
        assertEquals(Math.min(bias[0], bias[1]), (float) (double) last.value(1));
        assertEquals(Math.max(bias[0], bias[1]), (float) (double) last.value(2));
    }

    @Test
    void watchingChangesNoBit() {
        fit(3, TensorBoard.at(folder).updateFreq(1));
        Sequential other = new Sequential(new Linear(2, 8), new ReLU(), new Linear(8, 2));
        new Trainer(other, new SoftmaxCrossEntropy(), new Adam(0.02f))
                .validationSplit(1.0 / 3)
                .fit(POINTS, LABELS, 3, 2);
        for (Map.Entry<String, Param> entry : other.parameters().entrySet()) {
            assertArrayEquals(
                    entry.getValue().value().data(),
                    model.parameters().get(entry.getKey()).value().data(),
                    entry.getKey());
        }
    }

    @Test
    void stepsAreWrittenAsOftenAsAsked() throws IOException {
        fit(3, TensorBoard.at(folder).updateFreq(4));
        assertEquals(Set.of(4L), scalars("steps", "step/loss").keySet());
        assertEquals(Set.of(4L), scalars("steps", "step/learning_rate").keySet());
    }

    @Test
    void additionsOfTheProgramComeWithTheEpoch() throws IOException {
        fit(
                2,
                TensorBoard.at(folder)
                        .onEpoch(
                                (writer, progress) ->
                                        writer.addScalar("mine", 7, progress.epoch())));
        assertEquals(Map.of(1L, 7f, 2L, 7f), scalars("train", "mine"));
    }

    @Test
    void epochsCountOnFromOneFitToTheNext() throws IOException {
        TensorBoard callback = TensorBoard.at(folder);
        Trainer trainer = trainer();
        trainer.fit(POINTS, LABELS, 2, 2, callback);
        trainer.fit(POINTS, LABELS, 1, 2, callback);
        assertEquals(Set.of(1L, 2L, 3L), scalars("train", "epoch/loss").keySet());
        assertEquals(2, EventReader.files(folder.resolve("train")).size());
    }

    @Test
    void trainingThatGoesOnFromACheckpointSaysWhereItDoes() throws IOException {
        Path saved = folder.resolve("checkpoints");
        Checkpoints checkpoints = new Checkpoints(saved).everyEpochs(1);
        trainer().checkpoints(checkpoints).fit(POINTS, LABELS, 2, 2, TensorBoard.at(folder));
        trainer()
                .resume(checkpoints.latest().orElseThrow())
                .fit(POINTS, LABELS, 4, 2, TensorBoard.at(folder));
        assertEquals(Set.of(1L, 2L, 3L, 4L), scalars("train", "epoch/loss").keySet());
        for (String run : List.of("train", "validation")) {
            Path second = EventReader.files(folder.resolve(run)).getLast();
            Fields start = EventReader.read(second).get(1).fields();
            assertEquals(3L, start.value(2), run);
            assertEquals(1L, start.message(7).value(1), run);
        }
    }

    @Test
    void hyperparametersTellHowTheTrainingEnded() throws IOException {
        fit(1, TensorBoard.at(folder.resolve("a")).hparams(Map.of("rate", 0.02)));
        assertEquals(SUCCESS, status(folder.resolve("a")));
        TrainerCallback fault =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        throw new IllegalStateException("fault");
                    }
                };
        TensorBoard watched = TensorBoard.at(folder.resolve("b")).hparams(Map.of("rate", 0.02));
        assertThrows(IllegalStateException.class, () -> fit(1, watched, fault));
        assertEquals(FAILURE, status(folder.resolve("b")));
        assertFalse(EventReader.files(folder.resolve("b/train")).isEmpty());
    }

    private static Object status(Path run) throws IOException {
        Event last = EventReader.summaries(run).getLast();
        assertEquals("_hparams_/session_end_info", last.tag());
        return last.value().message(9).message(1).message(2).message(4).value(1);
    }

    @Test
    void optionsAreChecked() {
        TensorBoard callback = TensorBoard.at(folder);
        assertThrows(IllegalArgumentException.class, () -> callback.histogramFreq(-1));
        assertThrows(IllegalArgumentException.class, () -> callback.updateFreq(-1));
        assertThrows(
                IllegalArgumentException.class, () -> callback.hparams(Map.of("rate", List.of(1))));
    }
}
