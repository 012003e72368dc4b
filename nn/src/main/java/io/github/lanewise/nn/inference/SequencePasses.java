package io.github.lanewise.nn.inference;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Padding;

import java.util.Arrays;

/**
 * What one thread needs to compute outputs of sequences of unequal length: for each batch size a
 * pass, its lengths, and a buffer in which samples are padded; made when first needed.
 */
final class SequencePasses {

    private final Layer model;
    private final Shape input;
    private final BatchSizes sizes;
    private final boolean solo;
    private final Bound[] bound;

    /** A pass with its lengths. */
    private record Bound(Pass pass, Matrix buffer, Lengths lengths, Lengths outputLengths) {}

    SequencePasses(Layer model, Shape input, BatchSizes sizes, boolean solo) {
        this.model = model;
        this.input = input;
        this.sizes = sizes;
        this.solo = solo;
        this.bound = new Bound[sizes.count()];
    }

    private Bound bound(int index) {
        if (bound[index] == null) {
            int batch = sizes.get(index);
            Lengths lengths = new Lengths(batch, input.dimension(0));
            Lengths outputs = model.outputLengths(input, lengths);
            Workspace workspace = InferenceRun.workspace(batch, solo).lengths(lengths);
            Pass pass = model.bind(input, workspace);
            bound[index] = new Bound(pass, Matrix.zeros(batch, input.features()), lengths, outputs);
        }
        return bound[index];
    }

    /** Computes one sample; outputs are those of its steps, or all that the model makes. */
    void predict(float[] steps, int length, float[] outputs) {
        Bound one = bound(0);
        one.lengths.set(0, length);
        float[] row = one.buffer.data();
        System.arraycopy(steps, 0, row, 0, steps.length);
        Arrays.fill(row, steps.length, row.length, 0);
        Matrix result = one.pass.forward(one.buffer);
        System.arraycopy(result.data(), result.offset(), outputs, 0, outputs.length);
    }

    void predict(Matrix inputs, int[] lengths, Matrix outputs) {
        int rows = inputs.rows();
        for (int from = 0; from < rows; ) {
            int index = sizes.indexFor(rows - from);
            Bound batch = bound(index);
            int count = Math.min(sizes.get(index), rows - from);
            for (int i = 0; i < sizes.get(index); i++) {
                // rows to spare are something that the model can take
                int row = from + (i < count ? i : 0);
                batch.lengths.set(i, lengths[row]);
                copy(inputs, row, batch.buffer, i);
            }
            Padding.clear(batch.buffer, batch.lengths);
            Matrix result = batch.pass.forward(batch.buffer);
            for (int i = 0; i < count; i++) {
                copy(result, i, outputs, from + i);
                clear(outputs, from + i, batch.outputLengths, i);
            }
            from += count;
        }
    }

    private static void clear(Matrix outputs, int row, Lengths lengths, int sample) {
        if (lengths != null && lengths.parts() == 1) {
            int width = outputs.cols() / lengths.steps();
            int at = outputs.offset() + row * outputs.ld();
            int from = at + lengths.at(sample) * width;
            Arrays.fill(outputs.data(), from, at + outputs.cols(), 0);
        }
    }

    private static void copy(Matrix from, int fromRow, Matrix to, int toRow) {
        System.arraycopy(
                from.data(),
                from.offset() + fromRow * from.ld(),
                to.data(),
                to.offset() + toRow * to.ld(),
                to.cols());
    }
}
