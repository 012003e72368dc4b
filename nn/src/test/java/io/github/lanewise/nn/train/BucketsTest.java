package io.github.lanewise.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.distributed.CollectiveReport;
import io.github.lanewise.nn.distributed.LocalCollective;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.optim.SGD;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** When gradients leave for the other workers. */
class BucketsTest {

    /** Of one such layer the weights fill a bucket. */
    private static final int WIDTH = 520;

    private final List<String> events = new ArrayList<>();

    /** Says when backward comes past. */
    private final class Mark implements Layer {

        private final String name;

        Mark(String name) {
            this.name = name;
        }

        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            return new Pass() {
                @Override
                public Matrix forward(Matrix inputs) {
                    return inputs;
                }

                @Override
                public Matrix backward(Matrix outputGradient) {
                    events.add(name);
                    return outputGradient;
                }
            };
        }
    }

    /** Says when a bucket leaves. */
    private final class Watched implements Collective {

        private final Collective inner = LocalCollective.alone(2);

        @Override
        public int rank() {
            return inner.rank();
        }

        @Override
        public int size() {
            return inner.size();
        }

        @Override
        public int shards() {
            return inner.shards();
        }

        @Override
        public void step(long number) {
            inner.step(number);
        }

        @Override
        public void start(float[][] shards, int from, int to, float[] into) {
            events.add("bucket");
            inner.start(shards, from, to, into);
        }

        @Override
        public void await() {
            inner.await();
        }

        @Override
        public void broadcast(float[] values, int from, int to) {
            inner.broadcast(values, from, to);
        }

        @Override
        public byte[][] gather(byte[] message) {
            return inner.gather(message);
        }

        @Override
        public CollectiveReport report() {
            return inner.report();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private List<String> eventsOf(Layer model) {
        Dataset data =
                Dataset.of(
                        Matrices.gaussian(4, WIDTH, 1),
                        new Shape(WIDTH),
                        Targets.values(Matrices.gaussian(4, WIDTH, 2)));
        new Trainer(model, new MSELoss(), new SGD(0.01f))
                .shuffle(false)
                .collective(new Watched())
                .fit(data, 1, 4);
        return events;
    }

    @Test
    void bucketsLeaveWhileBackwardGoesOn() {
        assertEquals(
                // The first shard's gradients wait for those of the second.
                List.of("b", "a", "bucket", "b", "bucket", "a", "bucket", "bucket"),
                eventsOf(
                        new Sequential(
                                new Linear(WIDTH, WIDTH),
                                new Mark("a"),
                                new Linear(WIDTH, WIDTH),
                                new Mark("b"),
                                new Linear(WIDTH, WIDTH))));
    }

    @Test
    void aSharedLayersGradientWaitsForItsFirstPlace() {
        Linear shared = new Linear(WIDTH, WIDTH);
        assertEquals(
                List.of("b", "a", "b", "a", "bucket", "bucket"),
                eventsOf(new Sequential(shared, new Mark("a"), shared, new Mark("b"))));
    }

    @Test
    void layersInALayerLeaveTogether() {
        assertEquals(
                List.of("b", "a", "b", "a", "bucket", "bucket"),
                eventsOf(
                        new Sequential(
                                new Linear(WIDTH, 8),
                                new Sequential(
                                        new Linear(8, WIDTH),
                                        new Mark("a"),
                                        new Linear(WIDTH, WIDTH),
                                        new Mark("b")))));
    }
}
