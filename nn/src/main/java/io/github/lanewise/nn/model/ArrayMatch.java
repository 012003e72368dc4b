package io.github.lanewise.nn.model;

import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Which array of a file goes where in a model, and what does not fit. */
final class ArrayMatch {

    /** How many names a message lists of each kind. */
    private static final int LISTED = 10;

    private final SequencedMap<String, SavedArray> arrays;
    private final SequencedMap<String, String> sources = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final SequencedMap<String, String> misfits = new LinkedHashMap<>();

    /** Matches the arrays of a file that have the model's own names. */
    ArrayMatch(SequencedMap<String, SavedArray> arrays, TensorFile file, List<DType> storedAs) {
        this(arrays, file, storedAs, named(file));
    }

    private static SequencedMap<String, List<String>> named(TensorFile file) {
        SequencedMap<String, List<String>> names = new LinkedHashMap<>();
        file.tensors().keySet().forEach(name -> names.put(name, List.of(name)));
        return names;
    }

    /**
     * Matches the arrays of a file.
     *
     * @param storedAs the types that are taken
     * @param names by a name in the model, those in the file that go there
     */
    ArrayMatch(
            SequencedMap<String, SavedArray> arrays,
            TensorFile file,
            List<DType> storedAs,
            SequencedMap<String, List<String>> names) {
        this.arrays = arrays;
        for (Map.Entry<String, SavedArray> array : arrays.entrySet()) {
            List<String> found = names.getOrDefault(array.getKey(), List.of());
            if (found.isEmpty()) {
                missing.add(array.getKey());
            } else if (found.size() > 1) {
                misfits.put(array.getKey(), "is all of " + found);
            } else {
                match(array.getKey(), array.getValue(), file, found.getFirst(), storedAs);
            }
        }
        names.forEach(
                (name, found) -> {
                    if (!arrays.containsKey(name)) {
                        unexpected.addAll(found);
                    }
                });
    }

    private void match(
            String name, SavedArray array, TensorFile file, String source, List<DType> storedAs) {
        TensorInfo found = file.tensors().get(source);
        if (found == null) {
            misfits.put(name, "is not read: " + file.unreadable().get(source));
        } else if (!found.shape().equals(array.dimensions())) {
            misfits.put(
                    name,
                    "has shape %s, the model's %s%s"
                            .formatted(
                                    found.shape(),
                                    array.dimensions(),
                                    isTurnedOver(found.shape(), array.dimensions())
                                            ? " (transpose it)"
                                            : ""));
        } else if (!storedAs.contains(found.dtype())) {
            misfits.put(name, "is of %s, not of %s".formatted(found.dtype(), storedAs));
        } else {
            sources.put(name, found.name());
        }
    }

    private static boolean isTurnedOver(List<Long> one, List<Long> other) {
        return one.size() == 2 && one.reversed().equals(other);
    }

    /** Returns whether nothing of the file goes to the model, which has arrays. */
    boolean isEmpty() {
        return sources.isEmpty() && !arrays.isEmpty();
    }

    List<String> missing() {
        return missing;
    }

    List<String> unexpected() {
        return unexpected;
    }

    SequencedMap<String, String> misfits() {
        return misfits;
    }

    /** Checks that every array of the file goes to one of the model, and the other way round. */
    void requireAll(String source) throws FormatException {
        requireAll(source, () -> "");
    }

    /**
     * Does the same.
     *
     * @param hint asked for what to add to the message
     */
    void requireAll(String source, Supplier<String> hint) throws FormatException {
        List<String> complaints = new ArrayList<>();
        complain(complaints, "missing", missing);
        complain(complaints, "unexpected", unexpected);
        complain(
                complaints,
                "misfits",
                misfits.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
        if (!complaints.isEmpty()) {
            throw new FormatException(
                    "%s: expected the %s arrays of the model, found %s%s"
                            .formatted(
                                    source,
                                    arrays.size(),
                                    String.join("; ", complaints),
                                    hint.get()));
        }
    }

    private static void complain(List<String> complaints, String what, List<String> names) {
        if (!names.isEmpty()) {
            String listed = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
            String more = names.size() > LISTED ? ", ..." : "";
            complaints.add("%s %s: %s%s".formatted(names.size(), what, listed, more));
        }
    }

    /**
     * Reads all that matched, without writing it anywhere, so that what cannot be read is known.
     */
    void check(TensorFile file) throws IOException {
        file.verify();
        for (String source : sources.values()) {
            DType dtype = file.tensors().get(source).dtype();
            if (dtype == DType.F64 || dtype.isInteger()) {
                file.readFloats(source);
            }
        }
    }

    /** Reads all that matched into the model. */
    void read(TensorFile file) throws IOException {
        for (Map.Entry<String, String> source : sources.entrySet()) {
            arrays.get(source.getKey()).read(file, source.getValue());
        }
    }
}
