package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/**
 * The arrays of a model, without what it is made of: to and from PyTorch, and into a model that
 * exists.
 *
 * <pre>{@code
 * // Python: torch.save(net.state_dict(), "net.pt"), or safetensors.torch.save_file(...)
 * Weights.load(model, Path.of("net.pt"));
 *
 * Weights.saveForPyTorch(model, Path.of("net.safetensors"));
 * // Python: net.load_state_dict(safetensors.torch.load_file("net.safetensors"))
 * }</pre>
 *
 * <p>Files are safetensors, or what {@code torch.save} makes of a {@code state_dict} (PyTorch 1.6
 * and later). Nothing in them is run. Arrays are of F32, F16, BF16, F64 or a float of 8 bits
 * without a scale of its own. What else a checkpoint holds, such as dates or NumPy's numbers, is
 * passed over. Names are PyTorch's: {@code 0.weight} is the weight of layer 0 of a {@code
 * Sequential}; where the other model has other names, a map or a function tells which goes where.
 * Every array is brought into the layer's own order as it is read.
 *
 * <p>{@code num_batches_tracked}, which PyTorch's batch normalization counts, is passed over. What
 * a shared layer holds may be in the file under each of its names; then all must be equal.
 */
public final class Weights {

    private static final String COUNT = "num_batches_tracked";

    private static final List<DType> TAKEN =
            List.of(
                    DType.F32,
                    DType.F16,
                    DType.BF16,
                    DType.F64,
                    DType.F8_E4M3,
                    DType.F8_E5M2,
                    DType.F8_E4M3FNUZ,
                    DType.F8_E5M2FNUZ);

    /**
     * What {@link #loadMatching} left as it was.
     *
     * @param missing arrays of the model that the file does not have
     * @param unexpected arrays of the file that the model does not have
     * @param misfits arrays of the model that the file has in another shape or type, and how
     */
    public record Skipped(
            List<String> missing, List<String> unexpected, SequencedMap<String, String> misfits) {

        /** Returns whether everything was loaded. */
        public boolean isEmpty() {
            return missing.isEmpty() && unexpected.isEmpty() && misfits.isEmpty();
        }
    }

    private Weights() {}

    /**
     * Reads a file into a model, under the model's own names.
     *
     * @throws FormatException if a name is missing, unexpected or of another shape: all of them in
     *     one message, and the model is unchanged; if the file is damaged likewise
     */
    public static void load(Layer model, Path file) throws IOException {
        load(model, file, UnaryOperator.identity());
    }

    /**
     * Reads a file into a model.
     *
     * @param names by a name in the file, the name in the model; others are the same in both
     * @throws FormatException as {@link #load(Layer, Path)}
     */
    public static void load(Layer model, Path file, Map<String, String> names) throws IOException {
        load(model, file, name -> names.getOrDefault(name, name));
    }

    /**
     * Reads a file into a model.
     *
     * @param names from a name in the file to the name in the model, or to null for what is not
     *     wanted
     * @throws FormatException as {@link #load(Layer, Path)}
     */
    public static void load(Layer model, Path file, UnaryOperator<String> names)
            throws IOException {
        try (TensorFile tensors = TensorFile.open(file)) {
            Loading loading = new Loading(model, tensors, names);
            loading.match.requireAll("weights: " + file, loading.hint::text);
            loading.requireEqualTies(file);
            loading.match.check(tensors);
            loading.match.read(tensors);
        }
    }

    /**
     * Reads what fits of a file into a model, such as all but the last layer.
     *
     * @return what was left as it was
     * @throws FormatException if nothing fits, or the file is damaged; the model is unchanged
     */
    public static Skipped loadMatching(Layer model, Path file) throws IOException {
        return loadMatching(model, file, UnaryOperator.identity());
    }

    /**
     * Reads what fits of a file into a model.
     *
     * @param names from a name in the file to the name in the model, or to null for what is not
     *     wanted
     * @return what was left as it was
     * @throws FormatException if nothing fits, or the file is damaged; the model is unchanged
     */
    public static Skipped loadMatching(Layer model, Path file, UnaryOperator<String> names)
            throws IOException {
        try (TensorFile tensors = TensorFile.open(file)) {
            Loading loading = new Loading(model, tensors, names);
            ArrayMatch match = loading.match;
            if (match.isEmpty()) {
                match.requireAll("weights: " + file, loading.hint::text);
            }
            match.check(tensors);
            match.read(tensors);
            return new Skipped(match.missing(), match.unexpected(), match.misfits());
        }
    }

    /**
     * Writes parameters and states so that {@code load_state_dict} of the same network in PyTorch
     * takes them as they are: its names, shapes and order, what is shared under each name, and a
     * {@code num_batches_tracked} of 0 beside running statistics.
     */
    public static void saveForPyTorch(Layer model, Path file) throws IOException {
        saveForPyTorch(model, file, UnaryOperator.identity());
    }

    /**
     * Writes parameters and states for {@code load_state_dict}, as {@link #saveForPyTorch(Layer,
     * Path)}, where the network in PyTorch has other names.
     *
     * @param names from a name in the model to the name in PyTorch
     */
    public static void saveForPyTorch(Layer model, Path file, UnaryOperator<String> names)
            throws IOException {
        SequencedMap<String, SavedArray> arrays = SavedArray.of(model);
        TiedNames ties = TiedNames.of(model);
        List<TensorData> tensors = new ArrayList<>();
        arrays.forEach((name, array) -> tensors.add(array.toData(names.apply(name), DType.F32)));
        ties.primaries()
                .forEach(
                        (name, first) ->
                                tensors.add(
                                        arrays.get(first).toData(names.apply(name), DType.F32)));
        for (String path : ties.batchNorms()) {
            String name = names.apply(path.isEmpty() ? COUNT : path + "." + COUNT);
            tensors.add(TensorData.of(TensorInfo.of(name, DType.I64), new long[1]));
        }
        Safetensors.write(file, Map.of(ModelHeader.FRAMEWORK, ModelHeader.PYTORCH), tensors);
    }

    /** The arrays of a file beside those of a model. */
    private static final class Loading {

        private final TensorFile tensors;
        private final SequencedMap<String, List<String>> sources = new LinkedHashMap<>();
        private final SequencedMap<String, String> tied = new LinkedHashMap<>();
        private final ArrayMatch match;
        private final NameHint hint;

        Loading(Layer model, TensorFile tensors, UnaryOperator<String> names) {
            this.tensors = tensors;
            SequencedMap<String, SavedArray> arrays = SavedArray.of(model);
            SequencedMap<String, String> ties = TiedNames.of(model).primaries();
            SequencedMap<String, String> others = new LinkedHashMap<>();
            for (String source : tensors.tensors().keySet()) {
                String name = names.apply(source);
                if (name == null || isCount(name) && !arrays.containsKey(name)) {
                    continue;
                }
                if (ties.containsKey(name)) {
                    others.put(source, ties.get(name));
                } else {
                    sources.computeIfAbsent(name, any -> new ArrayList<>()).add(source);
                }
            }
            // What cannot be read is told where the model needs it, and else passed over.
            for (String source : tensors.unreadable().keySet()) {
                String name = names.apply(source);
                if (name != null && arrays.containsKey(name)) {
                    sources.computeIfAbsent(name, any -> new ArrayList<>()).add(source);
                }
            }
            others.forEach(
                    (source, name) -> {
                        if (sources.containsKey(name)) {
                            tied.put(source, sources.get(name).getFirst());
                        } else {
                            sources.put(name, List.of(source));
                        }
                    });
            match = new ArrayMatch(arrays, tensors, TAKEN, sources);
            hint = new NameHint(arrays.keySet(), tensors.tensors().keySet(), names);
        }

        private static boolean isCount(String name) {
            return name.equals(COUNT) || name.endsWith("." + COUNT);
        }

        void requireEqualTies(Path file) throws IOException {
            for (Map.Entry<String, String> tie : tied.entrySet()) {
                float[] one = tensors.readFloats(tie.getKey());
                float[] other = tensors.readFloats(tie.getValue());
                if (!Arrays.equals(one, other)) {
                    throw new FormatException(
                            "weights: %s: expected %s and %s to be equal, for the model shares them, found others"
                                    .formatted(file, tie.getValue(), tie.getKey()));
                }
            }
        }
    }
}
