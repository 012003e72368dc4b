package io.github.lanewise.nn.optim;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Large tables of which a step uses few rows: the same bits, whatever the optimizer. */
class UsedRowsTest {

    private static final int TABLE = 300;

    static Stream<Supplier<Optimizer>> optimizers() {
        return Stream.of(
                () -> new SGD(0.3f),
                () -> new SGD(0.3f).weightDecay(0.01f),
                () -> new SGD(0.3f).momentum(0.9f),
                () -> new SGD(0.3f).with(new ClipNorm(0.1f), new ClipValue(0.05f)),
                () -> new SGD(0.3f).with(new L1Penalty(0.01f)),
                () -> new SGD(0.3f).with(new MaxNorm(1), new Lookahead(2, 0.5f)),
                () -> new SGD(0.3f).with(new Noise()),
                () -> new Adagrad(0.1f).initialAccumulatorValue(0.1f).lrDecay(0.1f),
                () -> new Adagrad(0.1f).weightDecay(0.01f),
                () -> new Adam(0.01f),
                () -> new RMSprop(),
                () -> new Adadelta(),
                () -> new Lion(),
                () -> new Rprop(),
                () -> new ASGD());
    }

    /** Writes into each row. */
    private static final class Noise implements Adjustment {
        @Override
        public void beforeStep(List<Param> parameters) {
            for (Param parameter : parameters) {
                float[] gradient = parameter.gradient().data();
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += 1e-3f * (i % 7);
                }
            }
        }
    }

    private static float[] trained(Optimizer optimizer, boolean sparse, int batches, int shards) {
        Embedding table = new Embedding(TABLE, 5).paddingIdx(3);
        if (sparse) {
            table.sparse();
        }
        Input x = new Input(6);
        Model model =
                new Model(
                        x, x.then(table).mean(0).plus(x.then(table).max(0)).then(new Linear(5, 4)));
        RandomStream random = new RandomStream(5);
        Matrix inputs = Matrix.zeros(40, 6);
        int[] labels = new int[40];
        for (int i = 0; i < inputs.size(); i++) {
            inputs.data()[i] = i % 5 == 0 ? 3 : random.nextInt(TABLE);
            labels[i / 6] = i % 4;
        }
        Dataset data = Dataset.of(inputs, new Shape(6), Targets.labels(labels));
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), optimizer);
        if (shards > 1) {
            trainer.shards(shards);
        } else {
            trainer.accumulate(batches);
        }
        trainer.fit(data, 3, 7);
        return Matrices.weights(model);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aSparseTableGetsTheSameBits(Supplier<Optimizer> rule) {
        float[] dense = trained(rule.get(), false, 1, 1);
        assertArrayEquals(dense, trained(rule.get(), true, 1, 1));
        assertArrayEquals(trained(rule.get(), false, 3, 1), trained(rule.get(), true, 3, 1));
        assertArrayEquals(trained(rule.get(), false, 1, 2), trained(rule.get(), true, 1, 2));
    }

    /** Whoever passed over no row would multiply these by NaN. */
    @Test
    void unusedRowsAreNotLookedAt() {
        Param table = new Param(100, 2, Initializer.constant(1));
        table.accumulator().ofRows();
        table.accumulator().nextRows(new int[] {7, 9, 7}, 3, 9);
        Matrix gradient = table.gradient();
        gradient.data()[14] = 4;
        Arrays.fill(gradient.data(), 40, 60, Float.NaN);
        new SGD(0.5f).step(List.of(table));
        float[] expected = new float[200];
        Arrays.fill(expected, 1);
        expected[14] = -1;
        assertArrayEquals(expected, values(table.value()));
        table.clearGradient();
        table.accumulator().nextRows(new int[] {8}, 1, -1);
        assertEquals(0, gradient.data()[14]);
        assertEquals(1, table.accumulator().usedRows());
        assertEquals(8, table.accumulator().usedRow(0));
        table.accumulator().nextBeta();
        assertEquals(-1, table.accumulator().usedRows());
    }

    static Stream<GoldenCase> sparseAdam() {
        return TorchNumbers.cases("more_optimizers").filter(c -> c.name().startsWith("sparse"));
    }

    @ParameterizedTest
    @MethodSource("sparseAdam")
    void sparseAdamMatchesPyTorch(GoldenCase golden) {
        Param table = new Param(6, 3, Initializer.constant(0));
        assign(table, golden.input("p"));
        table.accumulator().ofRows();
        SparseAdam rule = new SparseAdam(0.02f).betas(0.8f, 0.95f).eps(1e-4f);
        Matrix gradients = golden.input("g");
        int[] rows = golden.integers("rows");
        for (int step = 0; step < 10; step++) {
            table.clearGradient();
            int[] used = {rows[2 * step], rows[2 * step + 1]};
            table.accumulator().nextRows(used, 2, -1);
            for (int j = 0; j < 6; j++) {
                table.gradient().data()[used[j / 3] * 3 + j % 3] += gradients.at(step, j);
            }
            rule.step(List.of(table));
            if (golden.hasOutput("p" + (step + 1))) {
                golden.check("p" + (step + 1), values(table.value()));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> rule.weightDecay(0.1f));
    }
}
