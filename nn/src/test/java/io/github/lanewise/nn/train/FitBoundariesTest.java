package io.github.lanewise.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.callback.CsvLog;
import io.github.lanewise.nn.callback.EarlyStopping;
import io.github.lanewise.nn.callback.ModelCheckpoint;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.BCEWithLogitsLoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What is settled before the first step of a fit, and what its end leaves behind. */
class FitBoundariesTest {

    private static final float[][] X = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {2, 1}};
    private static final int[] Y = {0, 1, 1, 0, 1};
    private static final Dataset DATA = Dataset.of(X, Y);

    @TempDir private Path folder;

    private final Trainer trainer =
            new Trainer(new Linear(2, 2), new SoftmaxCrossEntropy(), new SGD(0.1f));

    private int steps;
    private int ends;

    private final TrainerCallback counting =
            new TrainerCallback() {
                @Override
                public void onBatchEnd(Progress progress) {
                    steps++;
                }

                @Override
                public void onTrainEnd(Progress progress) {
                    ends++;
                }
            };

    private static TrainerCallback failing(RuntimeException atBatch, RuntimeException atEnd) {
        return new TrainerCallback() {
            @Override
            public void onBatchEnd(Progress progress) {
                if (atBatch != null) {
                    throw atBatch;
                }
            }

            @Override
            public void onTrainEnd(Progress progress) {
                throw atEnd;
            }
        };
    }

    private int validated(History history) {
        return history.epochs().getFirst().validation().map(Evaluation::samples).orElse(0);
    }

    private String refusal(TrainerCallback... callbacks) {
        return assertThrows(
                        IllegalArgumentException.class, () -> trainer.fit(DATA, 1, 2, callbacks))
                .getMessage();
    }

    @Test
    void eachFitHoldsBackItsOwnShare() {
        assertEquals(2, validated(trainer.validationSplit(0.4).fit(DATA, 1, 2)));
        assertEquals(0, validated(trainer.validationSplit(0).fit(DATA, 1, 2)));
    }

    @Test
    void aShareDoesNotReplaceTheDatasetForGood() {
        trainer.validation(DATA.range(0, 1)).validationSplit(0.4).fit(DATA, 1, 2);
        assertEquals(1, validated(trainer.validationSplit(0).fit(DATA, 1, 2)));
    }

    @Test
    void aShareThatIsNothingOrAllIsRefused() {
        trainer.validationSplit(0.05);
        assertEquals(
                "fit: a validationSplit of 0.05 of 5 samples is 0; at least one must be held back,"
                        + " and one be left to train on",
                refusal());
        trainer.validationSplit(0.95);
        assertTrue(refusal().contains("of 5 samples is 5;"));
    }

    @Test
    void aBadLabelOfTheValidationIsFoundBeforeTheFirstStep() {
        trainer.validation(Dataset.of(X, new int[] {0, 1, 7, 0, 1}));
        assertTrue(refusal(counting).contains("label 7"));
        assertEquals(0, steps);
    }

    /** What another loss or other targets would want, before anything is computed. */
    @Test
    void targetsThatDoNotFitAreFoundBeforeTheFirstStep() {
        assertFoundEarly(
                "SoftmaxCrossEntropy: targets have 1 numbers a sample, predictions 2; give as many"
                        + " probabilities, or the numbers of classes by Targets.labels",
                new SoftmaxCrossEntropy(),
                Targets.values(Matrix.zeros(5, 1)));
        assertFoundEarly(
                "MSELoss: targets are class labels; give Targets.values(rows)",
                new MSELoss(),
                Targets.labels(Y));
        assertFoundEarly(
                "BCEWithLogitsLoss: targets have 3 numbers a sample, predictions 2; they must be"
                        + " equal",
                new BCEWithLogitsLoss(),
                Targets.values(Matrix.zeros(5, 3)));
    }

    private void assertFoundEarly(String message, Loss loss, Targets targets) {
        TrainerCallback never =
                new TrainerCallback() {
                    @Override
                    public void onTrainBegin(Progress progress) {
                        throw new AssertionError("training begins");
                    }
                };
        Dataset data = Dataset.of(Matrix.copyOf(X), new Shape(2), targets);
        Trainer trainer = new Trainer(new Linear(2, 2), loss, new SGD(0.1f));
        var e = assertThrows(IllegalArgumentException.class, () -> trainer.fit(data, 1, 2, never));
        assertEquals(message, e.getMessage());
    }

    @Test
    void anEmptyValidationIsFoundBeforeTheFirstStep() {
        trainer.validation(DATA.range(0, 0));
        assertEquals(
                "validation: the dataset is empty; give at least one sample", refusal(counting));
        assertEquals(0, steps);
    }

    @Test
    void aValidationOfAnotherShapeIsFoundBeforeTheFirstStep() {
        trainer.validation(Dataset.of(new float[][] {{1}}, new int[] {0}));
        assertTrue(refusal(counting).contains("input has 1 features"));
        assertEquals(0, steps);
    }

    @Test
    void aMeasureThatThereWillNotBeIsFoundBeforeTheFirstStep() {
        assertEquals(
                "metric: there is no val_loss; there are [loss, accuracy], for the trainer has no"
                        + " validation",
                refusal(counting, new EarlyStopping()));
        assertTrue(refusal(counting, new EarlyStopping().monitor("acc")).contains("no acc;"));
        refusal(counting, new ModelCheckpoint(folder.resolve("never")).saveBestOnly());
        trainer.validation(DATA);
        assertTrue(refusal(counting, new EarlyStopping().monitor("val_f1")).contains("val_acc"));
        assertEquals(0, steps);
    }

    @Test
    void allCallbacksHearOfTheEndThoughOneThrows() {
        var atEnd = new IllegalStateException("at the end");
        var seen =
                assertThrows(
                        IllegalStateException.class,
                        () -> trainer.fit(DATA, 1, 2, failing(null, atEnd), counting));
        assertSame(atEnd, seen);
        assertEquals(1, ends);
    }

    @Test
    void theFirstFailureIsThrownAndTheOthersAreWithIt() {
        var first = new IllegalStateException("first");
        var atEnd = new IllegalStateException("at the end");
        var seen =
                assertThrows(
                        IllegalStateException.class,
                        () -> trainer.fit(DATA, 1, 2, failing(first, atEnd), counting));
        assertSame(first, seen);
        assertSame(atEnd, seen.getSuppressed()[0]);
        assertEquals(1, ends);
        assertFalse(trainer.fit(DATA, 1, 2).epochs().isEmpty());
    }

    @Test
    void askingForNothingIsNamed() {
        var message =
                assertThrows(IllegalArgumentException.class, () -> trainer.predict(new float[0][]));
        assertEquals("predict: no rows of inputs; give at least one", message.getMessage());
        assertThrows(IllegalArgumentException.class, () -> trainer.predictClasses(new float[0][]));
    }

    @Test
    void aMissingCallbackIsNamed() {
        TrainerCallback none = null;
        var message = assertThrows(NullPointerException.class, () -> trainer.fit(DATA, 1, 2, none));
        assertEquals("callback", message.getMessage());
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsFoundBeforeTheFirstStep() throws IOException {
        Path nowhere = folder.resolve("missing").resolve("file");
        for (Path file : new Path[] {folder, nowhere}) {
            assertNotWritten(file, new CsvLog(file));
            assertNotWritten(file, new ModelCheckpoint(file));
        }
        Path taken = Files.writeString(folder.resolve("taken"), "text");
        trainer.checkpoints(new Checkpoints(taken));
        assertNotWritten(taken, counting);
        assertEquals(0, steps);
    }

    private void assertNotWritten(Path file, TrainerCallback callback) {
        UncheckedIOException refusal =
                assertThrows(
                        UncheckedIOException.class,
                        () -> trainer.fit(DATA, 1, 2, counting, callback));
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("folder"), refusal.getMessage());
    }

    private static Trainer another() {
        return new Trainer(new Linear(2, 2), new SoftmaxCrossEntropy(), new SGD(0.1f));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void checkpointsOfALaterRunStayThoughAnEarlierOneCameFurther() throws IOException {
        trainer.checkpoints(new Checkpoints(folder).everyEpochs(1).keep(2)).fit(DATA, 9, 5);
        for (Path old :
                new Path[] {
                    folder.resolve("step-000000000008.safetensors"),
                    folder.resolve("step-000000000009.safetensors")
                }) {
            Files.setLastModifiedTime(old, FileTime.fromMillis(1000));
        }
        another().checkpoints(new Checkpoints(folder).everyEpochs(1).keep(2)).fit(DATA, 3, 5);
        assertEquals(
                "step-000000000003.safetensors",
                new Checkpoints(folder).latest().orElseThrow().getFileName().toString());
        assertEquals(
                List.of(
                        "best.safetensors",
                        "step-000000000002.safetensors",
                        "step-000000000003.safetensors"),
                names(folder));
    }

    @Test
    void theSameCheckpointsServeASecondModel() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        trainer.checkpoints(checkpoints).fit(DATA, 1, 5);
        Path last = checkpoints.latest().orElseThrow();
        byte[] first = Files.readAllBytes(last);
        Linear model = new Linear(2, 2);
        model.initialize(77);
        new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f))
                .checkpoints(checkpoints)
                .fit(DATA, 1, 5);
        assertFalse(Arrays.equals(first, Files.readAllBytes(last)));
    }

    @Test
    void anotherThreadIsRefusedWhileOneTrains() {
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        TrainerCallback asking =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        CompletableFuture.supplyAsync(() -> trainer.evaluate(DATA))
                                .exceptionally(
                                        failure -> {
                                            refused.add(failure.getCause());
                                            return null;
                                        })
                                .join();
                    }
                };
        trainer.fit(DATA, 1, 3, asking);
        assertEquals(2, refused.size());
        for (Throwable failure : refused) {
            assertEquals(IllegalStateException.class, failure.getClass());
            assertTrue(failure.getMessage().contains("another thread uses this trainer"));
        }
        assertEquals(5, trainer.evaluate(DATA).samples());
    }
}
