package io.github.lanewise.nn.inference;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

/**
 * What one thread needs to compute a session's outputs: for each batch size a pass, and a buffer
 * for inputs that do not lie in memory as the pass wants them; both made when first needed.
 */
final class InferenceRun {

    private final Layer model;
    private final Shape input;
    private final BatchSizes sizes;
    private final boolean solo;
    private final Pass[] passes;
    private final Matrix[] buffers;
    private final SequencePasses sequences;

    InferenceRun(Layer model, Shape input, BatchSizes sizes, boolean solo) {
        this.model = model;
        this.input = input;
        this.sizes = sizes;
        this.solo = solo;
        this.passes = new Pass[sizes.count()];
        this.buffers = new Matrix[sizes.count()];
        this.sequences = new SequencePasses(model, input, sizes, solo);
    }

    void predict(float[] steps, int length, float[] outputs) {
        sequences.predict(steps, length, outputs);
    }

    void predict(Matrix inputs, int[] lengths, Matrix outputs) {
        sequences.predict(inputs, lengths, outputs);
    }

    void predict(float[] sample, float[] outputs) {
        Matrix row = buffer(0);
        System.arraycopy(sample, 0, row.data(), 0, sample.length);
        Matrix result = pass(0).forward(row);
        System.arraycopy(result.data(), result.offset(), outputs, 0, outputs.length);
    }

    void predict(Matrix inputs, Matrix outputs) {
        int rows = inputs.rows();
        for (int from = 0; from < rows; ) {
            int index = sizes.indexFor(rows - from);
            int count = Math.min(sizes.get(index), rows - from);
            Matrix result = pass(index).forward(batch(index, inputs, from, count));
            copyRows(result, 0, outputs, from, count);
            from += count;
        }
    }

    private Matrix batch(int index, Matrix inputs, int from, int count) {
        if (count == inputs.rows() && count == sizes.get(index)) {
            return inputs;
        }
        if (count == sizes.get(index)) {
            return inputs.rowRange(from, from + count);
        }
        Matrix buffer = buffer(index);
        copyRows(inputs, from, buffer, 0, count);
        for (int spare = count; spare < buffer.rows(); spare++) {
            // something that the model can take
            copyRows(inputs, from, buffer, spare, 1);
        }
        return buffer;
    }

    /**
     * Returns a workspace for a batch. Between single samples the other threads may sleep, and are
     * woken for long calls alone.
     */
    static Workspace workspace(int batch, boolean solo) {
        Workspace workspace = Workspace.inference(batch);
        if (solo) {
            return workspace.solo();
        }
        return batch == 1 ? workspace.longCalls() : workspace;
    }

    private Pass pass(int index) {
        if (passes[index] == null) {
            passes[index] = model.bind(input, workspace(sizes.get(index), solo));
        }
        return passes[index];
    }

    private Matrix buffer(int index) {
        if (buffers[index] == null) {
            buffers[index] = Matrix.zeros(sizes.get(index), input.features());
        }
        return buffers[index];
    }

    private static void copyRows(Matrix from, int fromRow, Matrix to, int toRow, int rows) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(
                    from.data(),
                    from.offset() + (fromRow + i) * from.ld(),
                    to.data(),
                    to.offset() + (toRow + i) * to.ld(),
                    to.cols());
        }
    }
}
