package io.github.lanewise.serve;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.tabular.TabularModel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Makes what is served of a file. */
public final class ModelLoader {

    /** What a file of many models is called; its folder then names the model. */
    private static final String COMMON = "model.safetensors";

    private static final String SUFFIX = ".safetensors";

    /** Names under which {@link ModelFile#metadata} holds what becomes of each input. */
    public static final String SCALE = "inputScale";

    /** Is added after the factor {@link #SCALE}. */
    public static final String SHIFT = "inputShift";

    /** The metadata that makes a file a table's model. */
    private static final String TABLE = "lanewise.tabular";

    private ModelLoader() {}

    /**
     * Reads a table's model, or a network that {@link ModelFile} wrote: its labels become classes,
     * {@link #SCALE} and {@link #SHIFT} prepare its inputs.
     *
     * @throws IOException if the file is damaged, no model, or does not tell the shape of a sample
     */
    public static ServedModel load(Path file) throws IOException {
        return isTable(file) ? new TableModel(name(file), TabularModel.load(file)) : network(file);
    }

    private static boolean isTable(Path file) throws IOException {
        try (TensorFile opened = Safetensors.open(file)) {
            return opened.metadata().containsKey(TABLE);
        }
    }

    private static ServedModel network(Path file) throws IOException {
        ModelFile model = ModelFile.open(file);
        Shape sample = model.inputShape();
        if (sample == null) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "serve: %s does not tell the shape of a sample; save it with"
                                    + " ModelFile.inputShape",
                            file));
        }
        try {
            return new TensorModel(
                    name(file),
                    model.model(),
                    sample,
                    number(model.metadata(SCALE), 1),
                    number(model.metadata(SHIFT), 0),
                    model.labels());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    String.format(Locale.ROOT, "serve: %s: %s", file, e.getMessage()), e);
        }
    }

    private static float number(Optional<Json> json, float otherwise) throws IOException {
        return json.isPresent() ? json.get().asFloat() : otherwise;
    }

    /** Returns the name of a file without its ending, or its folder's if the file is like many. */
    static String name(Path file) {
        Path path = file.toAbsolutePath().normalize();
        Path named =
                path.endsWith(COMMON) && path.getParent().getFileName() != null
                        ? path.getParent()
                        : path;
        String name = named.getFileName().toString();
        String bare =
                name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        String clean = bare.replaceAll("[^A-Za-z0-9_.-]", "-");
        return clean.isEmpty() ? "model" : clean;
    }
}
