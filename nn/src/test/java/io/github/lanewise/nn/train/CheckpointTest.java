package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Sampler;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.optim.ASGD;
import io.github.lanewise.nn.optim.Adadelta;
import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.Adamax;
import io.github.lanewise.nn.optim.Lion;
import io.github.lanewise.nn.optim.Lookahead;
import io.github.lanewise.nn.optim.Muon;
import io.github.lanewise.nn.optim.NAdam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.RAdam;
import io.github.lanewise.nn.optim.RMSprop;
import io.github.lanewise.nn.optim.Rprop;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.schedule.CosineAnnealingLR;
import io.github.lanewise.nn.schedule.OneCycleLR;
import io.github.lanewise.nn.schedule.ReduceLROnPlateau;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A run that is cut and goes on from its checkpoint ends with the bits of one that was not. */
class CheckpointTest {

    private static final int SAMPLES = 50;
    private static final int EPOCHS = 3;
    private static final int BATCH = 8;

    @TempDir Path folder;

    /** What a program sets up: its parts are made anew in each process. */
    private record Program(
            Layer model, Trainer trainer, Optimizer optimizer, TrainerCallback[] callbacks) {}

    private static Program program(
            Supplier<Optimizer> optimizers, Function<Optimizer, TrainerCallback[]> callbacks) {
        Layer model =
                new Sequential(
                        new Linear(4, 12),
                        new BatchNorm1d(12),
                        new ReLU(),
                        new Dropout(0.3f),
                        new Linear(12, 3));
        model.initialize(7);
        Optimizer optimizer = optimizers.get();
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), optimizer).seed(5);
        return new Program(model, trainer, optimizer, callbacks.apply(optimizer));
    }

    private static Dataset data(long seed) {
        Matrix x = Matrices.gaussian(SAMPLES, 4, seed);
        int[] labels = new int[SAMPLES];
        Arrays.setAll(labels, i -> Math.floorMod((int) (10 * x.at(i, 0)), 3));
        return Dataset.of(x, new Shape(4), Targets.labels(labels));
    }

    static Stream<Supplier<Optimizer>> optimizers() {
        return Stream.of(
                () -> new SGD(0.1f),
                () -> new SGD(0.1f).momentum(0.9f).nesterov().weightDecay(0.01f),
                () -> new Adam(0.01f).amsgrad(),
                () -> new AdamW(0.01f),
                () -> new RMSprop(0.01f).momentum(0.5f).centered(),
                () -> new Adagrad(0.05f).lrDecay(0.1f),
                () -> new Adadelta(1),
                () -> new Lion(0.001f),
                () -> new Muon(0.02f),
                () -> new NAdam(0.01f),
                () -> new RAdam(0.01f),
                () -> new Adamax(0.01f),
                () -> new Rprop(0.01f),
                () -> new ASGD(0.1f).t0(2),
                () -> new SGD(0.1f).with(new Lookahead(4, 0.3f)));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimizerGoesOnWithTheSameBits(Supplier<Optimizer> optimizer) throws IOException {
        assertSameBits(optimizer, o -> new TrainerCallback[0], trainer -> {}, 9);
    }

    static Stream<Function<Optimizer, TrainerCallback[]>> schedules() {
        return Stream.of(
                o -> callbacks(new CosineAnnealingLR(0.1, 21).perStep(o)),
                o -> callbacks(new CosineAnnealingLR(0.1, 3).perEpoch(o)),
                o -> callbacks(new OneCycleLR(0.1, 21).perStep(o)),
                o -> callbacks(progress -> {}, new ReduceLROnPlateau(0.1).patience(0).perEpoch(o)));
    }

    private static TrainerCallback[] callbacks(TrainerCallback... callbacks) {
        return callbacks;
    }

    private static TrainerCallback[] callbacks(Consumer<Progress> looks, TrainerCallback callback) {
        TrainerCallback looking =
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        looks.accept(progress);
                    }
                };
        return new TrainerCallback[] {looking, callback};
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void everyScheduleGoesOnWithTheSameBits(Function<Optimizer, TrainerCallback[]> schedule)
            throws IOException {
        for (int stop : new int[] {3, 7, 8, 14, 20}) {
            assertSameBits(() -> new Adam(0.1f), schedule, trainer -> {}, stop);
        }
    }

    @Test
    void accumulationAndValidationGoOnWithTheSameBits() throws IOException {
        for (int stop : new int[] {1, 2, 4, 5}) {
            assertSameBits(
                    () -> new SGD(0.1f).momentum(0.9f),
                    o -> new TrainerCallback[0],
                    trainer -> trainer.accumulate(3).validation(data(2)),
                    stop);
        }
    }

    /** It says nothing of itself, and is another object in each process. */
    private static final class Backwards implements Sampler {
        @Override
        public int samples(int size) {
            return size;
        }

        @Override
        public void draw(RandomStream random, int size, int[] order) {
            Arrays.setAll(order, i -> size - 1 - i);
        }
    }

    @Test
    void aSamplerOfTheProgramsOwnGoesOn() throws IOException {
        assertSameBits(
                () -> new SGD(0.1f),
                o -> new TrainerCallback[0],
                trainer -> trainer.sampler(new Backwards()),
                4);
    }

    private void assertSameBits(
            Supplier<Optimizer> optimizers,
            Function<Optimizer, TrainerCallback[]> callbacks,
            Consumer<Trainer> setUp,
            int stopAfter)
            throws IOException {
        Program whole = program(optimizers, callbacks);
        setUp.accept(whole.trainer);
        History expected = whole.trainer.fit(data(1), EPOCHS, BATCH, whole.callbacks);

        Path here = Files.createTempDirectory(folder, "run");
        Program cut = program(optimizers, callbacks);
        setUp.accept(cut.trainer);
        cut.trainer.checkpoints(new Checkpoints(here).everySteps(1));
        assertThrows(
                KilledException.class,
                () -> cut.trainer.fit(data(1), EPOCHS, BATCH, killed(cut, stopAfter)));

        Program resumed = program(optimizers, callbacks);
        setUp.accept(resumed.trainer);
        Checkpoints checkpoints = new Checkpoints(here);
        resumed.trainer.resume(checkpoints.latest().orElseThrow());
        History found = resumed.trainer.fit(data(1), EPOCHS, BATCH, resumed.callbacks);

        assertArrayEquals(weights(whole.model), weights(resumed.model));
        for (State state : whole.model.states().values()) {
            assertTrue(
                    resumed.model.states().values().stream()
                            .anyMatch(s -> Arrays.equals(s.value().data(), state.value().data())));
        }
        assertEquals(whole.optimizer.steps(), resumed.optimizer.steps());
        assertEquals(whole.optimizer.learningRate(), resumed.optimizer.learningRate());
        assertArrayEquals(expected.metric("loss"), found.metric("loss"));
        assertArrayEquals(expected.metric("accuracy"), found.metric("accuracy"));
    }

    /** As a kill would, ends the run in the middle of a batch's callbacks. */
    private static TrainerCallback[] killed(Program program, int steps) {
        List<TrainerCallback> all = new ArrayList<>(List.of(program.callbacks));
        all.add(
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        if (progress.optimizer().steps() > steps) {
                            throw new KilledException();
                        }
                    }
                });
        return all.toArray(TrainerCallback[]::new);
    }

    private static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void tornNewestFallsBackToTheOneBefore() throws IOException {
        Program program = program(() -> new SGD(0.1f), o -> new TrainerCallback[0]);
        Checkpoints checkpoints = new Checkpoints(folder).everySteps(2).keep(2);
        program.trainer.checkpoints(checkpoints);
        program.trainer.fit(data(1), 1, BATCH);
        Path newest = checkpoints.latest().orElseThrow();
        byte[] bytes = Files.readAllBytes(newest);
        Path before = null;
        for (int cut = 0; cut < bytes.length; cut += 97) {
            Files.write(newest, Arrays.copyOf(bytes, cut));
            before = checkpoints.latest().orElseThrow();
            assertTrue(before.compareTo(newest) < 0);
        }
        assertEquals("step-000000000006.safetensors", before.getFileName().toString());
    }

    @Test
    void anotherRunsCheckpointIsRefusedByName() throws IOException {
        Program program = program(() -> new SGD(0.1f), o -> new TrainerCallback[0]);
        Checkpoints checkpoints = new Checkpoints(folder).everyEpochs(1);
        program.trainer.checkpoints(checkpoints);
        program.trainer.fit(data(1), 1, BATCH);
        Path file = checkpoints.latest().orElseThrow();

        Program other = program(() -> new SGD(0.1f), o -> new TrainerCallback[0]);
        other.trainer.resume(file);
        assertMessage("with data ", () -> other.trainer.fit(data(2), 2, BATCH));
        other.trainer.resume(file);
        assertMessage("with batchSize 8, this one has 9", () -> other.trainer.fit(data(1), 2, 9));
        Program adam = program(() -> new Adam(0.1f), o -> new TrainerCallback[0]);
        adam.trainer.resume(file);
        String where = "checkpoint: %s is of another model".formatted(file);
        assertMessage(where, () -> adam.trainer.fit(data(1), 2, BATCH));
        adam.trainer.resume(file);
        assertMessage("expected Adam", () -> adam.trainer.fit(data(1), 2, BATCH));
        Trainer wider =
                new Trainer(
                        new Sequential(new Linear(4, 7), new Linear(7, 3)),
                        new SoftmaxCrossEntropy(),
                        new SGD(0.1f));
        wider.seed(5).resume(file);
        assertMessage(where, () -> wider.fit(data(1), 2, BATCH));
    }

    /** Remembers a number, and refuses any other, which it sees after most else was read. */
    private static TrainerCallback remembering(int number) {
        return new TrainerCallback() {
            @Override
            public void save(StateWriter out) {
                out.put("number", number);
            }

            @Override
            public void load(StateReader in) throws IOException {
                if (in.get("number").asInt() != number) {
                    throw in.get("number").expected("the number " + number);
                }
            }
        };
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void refusedCheckpointChangesNothing(Supplier<Optimizer> optimizer) throws IOException {
        Program further = program(optimizer, o -> callbacks(remembering(1)));
        Checkpoints checkpoints = new Checkpoints(folder).everySteps(5).keep(9);
        further.trainer.checkpoints(checkpoints);
        further.trainer.fit(data(1), 2, BATCH, further.callbacks);
        Path inEpoch = folder.resolve("step-000000000010.safetensors");

        Program tried = program(optimizer, o -> callbacks(remembering(2)));
        Program untouched = program(optimizer, o -> callbacks(remembering(2)));
        for (Program program : List.of(tried, untouched)) {
            program.trainer.fit(data(1), 1, BATCH, program.callbacks);
        }
        float[] before = weights(tried.model);
        tried.trainer.resume(inEpoch);
        assertMessage(
                "expected the number 2",
                () -> tried.trainer.fit(data(1), 2, BATCH, tried.callbacks));
        assertArrayEquals(before, weights(tried.model));
        for (Program program : List.of(tried, untouched)) {
            program.trainer.fit(data(1), 1, BATCH, program.callbacks);
        }
        assertArrayEquals(weights(untouched.model), weights(tried.model));
    }

    private static void assertMessage(String part, Runnable fit) {
        UncheckedIOException e = assertThrows(UncheckedIOException.class, fit::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void finishedRunIsNotTrainedAgain() throws IOException {
        Program program = program(() -> new SGD(0.1f), o -> new TrainerCallback[0]);
        Checkpoints checkpoints = new Checkpoints(folder);
        program.trainer.checkpoints(checkpoints);
        program.trainer.fit(data(1), 2, BATCH);
        Program again = program(() -> new SGD(0.1f), o -> new TrainerCallback[0]);
        again.trainer.resume(checkpoints.latest().orElseThrow());
        assertEquals(2, again.trainer.fit(data(1), 2, BATCH).epochs().size());
        assertArrayEquals(weights(program.model), weights(again.model));
    }
}
