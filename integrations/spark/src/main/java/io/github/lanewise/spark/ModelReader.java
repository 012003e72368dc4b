package io.github.lanewise.spark;

import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;

import scala.Option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;

/**
 * Reads what {@link ModelWriter} saved.
 *
 * @param <M> the model
 */
final class ModelReader<M extends Params> extends MLReader<M> {

    private final Class<M> type;
    private final BiFunction<String, byte[], M> maker;

    ModelReader(Class<M> type, BiFunction<String, byte[], M> maker) {
        this.type = type;
        this.maker = maker;
    }

    @Override
    public M load(String path) {
        DefaultParamsReader.Metadata metadata =
                DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), type.getName());
        Path source = new Path(path, ModelWriter.FILE);
        try (FSDataInputStream in = source.getFileSystem(sc().hadoopConfiguration()).open(source)) {
            byte[] file = in.readAllBytes();
            ModelBytes.open(file);
            M model = maker.apply(metadata.uid(), file);
            metadata.getAndSetParams(model, Option.empty());
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
