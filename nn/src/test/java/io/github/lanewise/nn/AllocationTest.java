package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

/**
 * Counts the bytes that the training thread allocates; the engine warms up on threads of its own.
 */
@Tag("allocation")
class AllocationTest {

    private static final int EPOCHS = 20;
    private static final long ALLOWED_BYTES_PER_STEP = 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void fitAllocatesNextToNothingPerStep() {
        Dataset data = new Ellipses(1000, 1).dataset();
        for (Optimizer optimizer :
                new Optimizer[] {
                    new SGD(0.1f).momentum(0.9f),
                    new Adam(),
                    new AdamW().noDecayOnBiasesAndNorms().with(new ClipNorm(1), new MaxNorm(3)),
                    new RMSprop().momentum(0.9f).centered(),
                    new Adagrad().rateDecay(0.01f),
                    new Adadelta(),
                    new Lion().with(new L1Penalty(1e-5f), new ClipValue(1)),
                    new Muon()
                }) {
            long[] begin = new long[1];
            int[] steps = new int[1];
            Callback meter =
                    new Callback() {
                        @Override
                        public void onBatchEnd(Progress p) {
                            if (p.epoch() == 1) {
                                begin[0] = threads.getCurrentThreadAllocatedBytes();
                            } else {
                                steps[0]++;
                            }
                        }
                    };
            Sequential model = Ellipses.network();
            Callback schedule = new CosineAnnealingLR(0.1, 600).perStep(optimizer);
            new Trainer(
                            model,
                            new SoftmaxCrossEntropy(),
                            optimizer.with(WeightAverage.equal(model)))
                    .accumulate(2)
                    .fit(data, EPOCHS, 32, schedule, meter);
            assertFew(threads.getCurrentThreadAllocatedBytes() - begin[0], steps[0]);
        }
    }

    @Test
    void trainOneStepAllocatesNextToNothing() {
        Sequential model = Ellipses.network();
        Ellipses data = new Ellipses(64, 1);
        for (int i = 0; i < 10; i++) {
            trainOneStep(model, data);
        }
        long begin = threads.getCurrentThreadAllocatedBytes();
        int steps = 500;
        for (int i = 0; i < steps; i++) {
            trainOneStep(model, data);
        }
        assertFew(threads.getCurrentThreadAllocatedBytes() - begin, steps);
    }

    @Test
    void boundGraphAllocatesNothingAtAll() {
        Model model = ResidualNetworkTest.network();
        Dataset data = ResidualNetworkTest.data();
        Step step = Step.training(model, ResidualNetworkTest.loss(model), model.inputShape(), 32);
        Batch batch = new Batch(data, 32);
        SGD optimizer = new SGD(0.01f);
        int[] order = new int[32];
        long bytes = 0;
        for (int i = 0; i < 60; i++) {
            long begin = threads.getCurrentThreadAllocatedBytes();
            batch.load(order, 0);
            step.train(batch.inputs(), batch.targets(), optimizer);
            bytes = i < 50 ? 0 : bytes + threads.getCurrentThreadAllocatedBytes() - begin;
        }
        assertEquals(0, bytes);
    }

    @Test
    void sequenceLayersAllocateNextToNothingPerStep() {
        Shape shape = new Shape(7, 12);
        Layer model =
                new Sequential(
                        new LearnedEncoding(7, 12),
                        new TransformerEncoderLayer(12, 2, 20).normFirst(),
                        new GroupNorm(7, 7),
                        new LSTM(12, 8).bidirectional(),
                        new GRU(16, 9),
                        new RNN(9, 5).lastOutput());
        Pass pass = model.bind(shape, Workspace.training(6));
        Matrix x = Matrices.gaussian(6, shape.features(), 1);
        Matrix dy = Matrices.gaussian(6, 5, 2);
        int steps = 300;
        long begin = 0;
        for (int i = 0; i < 2 * steps; i++) {
            begin = i == steps ? threads.getCurrentThreadAllocatedBytes() : begin;
            pass.forward(x);
            pass.backward(dy);
        }
        assertFew(threads.getCurrentThreadAllocatedBytes() - begin, steps);
    }

    private static void trainOneStep(Layer model, Ellipses data) {
        Trainer.trainOneStep(
                model, new SoftmaxCrossEntropy(), 0.02f, data.points(), data.labels(), 0.0005f);
    }

    private static void assertFew(long bytes, int steps) {
        assertTrue(
                bytes < steps * ALLOWED_BYTES_PER_STEP,
                () -> "%d bytes in %d steps: %d each".formatted(bytes, steps, bytes / steps));
    }
}
