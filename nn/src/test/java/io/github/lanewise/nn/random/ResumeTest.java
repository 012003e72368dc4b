package io.github.lanewise.nn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.HuberLoss;
import io.github.lanewise.nn.loss.JointLoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.Lion;
import io.github.lanewise.nn.optim.NAdam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.RMSprop;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.schedule.CosineAnnealingLR;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A run of a random network that goes on from a random step ends with the bits of a whole one. */
class ResumeTest {

    private static final int EPOCHS = 2;

    @TempDir private Path folder;

    /** How a run trains; the same number gives the same again. */
    private record Plan(int samples, int batch, int accumulated, int shards, int optimizer) {

        /** No part of a batch has one sample alone, of which statistics have no variance. */
        static Plan of(Draw d, int batch) {
            int size = Math.max(2, batch);
            int samples = d.among(2, 4) * size - (size > 2 ? d.among(0, 1) : 0);
            int shards = d.chance(0.3) ? d.among(1, (size - 1) / 2) : 0;
            int accumulated = shards == 0 && d.chance(0.4) ? 2 : 1;
            return new Plan(samples, size, accumulated, shards, d.among(0, 4));
        }

        Optimizer newOptimizer() {
            return switch (optimizer) {
                case 0 -> new SGD(0.01f).momentum(0.9f);
                case 1 -> new Adam(0.01f).with(new ClipNorm(1));
                case 2 -> new RMSprop(0.001f);
                case 3 -> new Lion(0.001f);
                default -> new NAdam(0.01f);
            };
        }
    }

    @TestFactory
    Stream<DynamicTest> aRunGoesOnFromAnyStepWithTheSameBits() {
        return RandomSettings.forEachSeed(25, this::check);
    }

    private void check(long seed) {
        RandomGraph graph = RandomGraph.of(seed);
        if (graph.model().parameters().isEmpty()) {
            return;
        }
        Draw d = new Draw(seed, false);
        Plan plan = Plan.of(d, graph.batch());
        Path run = folder.resolve("run" + seed);
        try {
            Checkpoints all = new Checkpoints(run).everySteps(1).keep(1000);
            long expected = train(graph, plan, all, null);
            Path from = run.resolve(d.pick(steps(run)));
            RandomGraph again = RandomGraph.of(seed);
            assertEquals(
                    expected,
                    train(again, plan, null, from),
                    () -> "%s from %s: %s".formatted(plan, from.getFileName(), graph));
            delete(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> steps(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.map(Path::getFileName)
                    .filter(file -> file.toString().startsWith("step-"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(run);
    }

    private static long train(RandomGraph graph, Plan plan, Checkpoints checkpoints, Path from) {
        graph.model().initialize(3);
        Shape outputs = graph.model().outputShape(graph.input());
        Loss loss = new JointLoss(List.of(outputs), List.of(new HuberLoss()), List.of(1f));
        Draw d = new Draw(graph.seed() + 1, false);
        Dataset data =
                Dataset.of(
                        graph.samples(plan.samples(), 5),
                        graph.input(),
                        Targets.several(
                                Targets.values(d.gaussian(plan.samples(), outputs.features()))));
        Optimizer optimizer = plan.newOptimizer();
        Trainer trainer = new Trainer(graph.model(), loss, optimizer);
        trainer.accumulate(plan.accumulated()).checkpoints(checkpoints);
        if (plan.shards() > 0) {
            trainer.shards(plan.shards());
        }
        if (from != null) {
            trainer.resume(from);
        }
        trainer.fit(
                data,
                EPOCHS,
                plan.batch(),
                new CosineAnnealingLR(optimizer.learningRate(), 20).perStep(optimizer));
        return new Bits().addAll(graph.model()).get();
    }
}
