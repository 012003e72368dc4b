package io.github.lanewise.onnx;

/**
 * A dimension while a model is imported: a number, or a number times the batch, which stays open.
 *
 * @param factor the number
 * @param batch whether the batch multiplies it
 */
record Dim(long factor, boolean batch) {

    static final Dim BATCH = new Dim(1, true);

    static Dim of(long size) {
        return new Dim(size, false);
    }

    @Override
    public String toString() {
        if (!batch) {
            return Long.toString(factor);
        }
        return factor == 1 ? "batch" : factor + " batch";
    }
}
