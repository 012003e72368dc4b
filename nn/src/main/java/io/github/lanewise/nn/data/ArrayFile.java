package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Samples and targets that are arrays of one file, as NumPy writes it. */
final class ArrayFile {

    private final Path path;
    private final TensorFile file;

    private ArrayFile(Path path, TensorFile file) {
        this.path = path;
        this.file = file;
    }

    static Dataset read(Path path, String inputs, String targets) throws IOException {
        try (TensorFile file = TensorFile.open(path)) {
            return new ArrayFile(path, file).dataset(inputs, targets);
        }
    }

    private Dataset dataset(String inputs, String targets) throws IOException {
        TensorInfo x = info(inputs);
        if (x.shape().isEmpty() || x.elements() > Integer.MAX_VALUE || x.elements() == 0) {
            throw wrong(x, "samples x features, not empty, and at most 2^31 - 1 numbers");
        }
        int samples = Math.toIntExact(x.shape().getFirst());
        Targets labels = targets(info(targets), samples);
        Shape shape = sample(x);
        if (x.dtype() == DType.U8) {
            return Dataset.ofBytes(file.readBytes(inputs), shape, labels, 1, 0);
        }
        float[] values = file.readFloats(inputs);
        int features = shape.features();
        return Dataset.of(new Matrix(values, 0, samples, features, features), shape, labels);
    }

    private TensorInfo info(String name) throws FormatException {
        TensorInfo info = file.tensors().get(name);
        if (info == null) {
            throw new FormatException(
                    "dataset: %s has no array %s; there are %s"
                            .formatted(path, name, file.tensors().keySet()));
        }
        return info;
    }

    private static Shape sample(TensorInfo x) {
        if (x.shape().size() == 1) {
            return new Shape(1);
        }
        List<Long> dimensions = x.shape().subList(1, x.shape().size());
        return new Shape(dimensions.stream().mapToInt(Math::toIntExact).toArray());
    }

    private Targets targets(TensorInfo y, int samples) throws IOException {
        if (y.shape().isEmpty() || y.shape().getFirst() != samples) {
            throw wrong(y, "one row for each of the %s samples".formatted(samples));
        }
        boolean column = y.elements() == samples;
        if (column && y.dtype().isInteger()) {
            return Targets.labels(file.readInts(y.name()));
        }
        int width = Math.toIntExact(y.elements() / samples);
        return Targets.values(new Matrix(file.readFloats(y.name()), 0, samples, width, width));
    }

    private FormatException wrong(TensorInfo info, String expected) {
        return new FormatException(
                "dataset: %s: array %s: expected %s, found %s"
                        .formatted(path, info.name(), expected, info.shape()));
    }
}
