package io.github.lanewise.spark;

import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLWriter;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Saves a model: {@code metadata} as Spark ML has it, and {@code model.safetensors}. */
final class ModelWriter extends MLWriter {

    static final String FILE = "model.safetensors";

    private final Params model;
    private final byte[] file;

    ModelWriter(Params model, byte[] file) {
        this.model = model;
        this.file = file;
    }

    byte[] file() {
        return file;
    }

    @Override
    public void saveImpl(String path) {
        DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
        Path target = new Path(path, FILE);
        try (FSDataOutputStream out =
                target.getFileSystem(sc().hadoopConfiguration()).create(target)) {
            out.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
