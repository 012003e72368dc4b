package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A short text that differs for other data: shape, size, and a checksum over up to a thousand
 * samples with their targets, spread evenly. A stream is not read for it.
 */
final class DataFingerprint {

    private static final int MOST = 1000;

    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer word = ByteBuffer.allocate(Float.BYTES);

    private DataFingerprint() {}

    static String of(Dataset dataset) {
        int count = dataset.isSequential() ? 0 : Math.min(MOST, dataset.size());
        Batch one = new Batch(dataset, 1);
        int[] row = new int[1];
        DataFingerprint fingerprint = new DataFingerprint();
        for (int i = 0; i < count; i++) {
            row[0] = (int) ((long) i * dataset.size() / count);
            one.load(row, 0);
            fingerprint.add(one.inputs());
            fingerprint.add(one.targets());
            for (int part = 0; one.lengths() != null && part < one.lengths().parts(); part++) {
                Lengths lengths = one.lengths().part(part);
                fingerprint.add(lengths == null ? 0 : lengths.at(0));
            }
        }
        return String.format(
                Locale.ROOT, "%s:%08x", dataset.shape(), fingerprint.checksum.getValue());
    }

    private void add(Matrix rows) {
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < rows.cols(); j++) {
                add(Float.floatToIntBits(rows.at(i, j)));
            }
        }
    }

    private void add(Targets targets) {
        switch (targets) {
            case Targets.Labels labels -> {
                for (int label : labels.classes()) {
                    add(label);
                }
            }
            case Targets.Values values -> add(values.rows());
            case Targets.Several several -> several.parts().forEach(this::add);
            case Targets.None none -> add(none.size());
            case Targets.Weighted weighted -> {
                add(weighted.targets());
                for (float weight : weighted.weights()) {
                    add(Float.floatToIntBits(weight));
                }
            }
        }
    }

    private void add(int bits) {
        checksum.update(word.clear().putInt(bits).flip());
    }
}
