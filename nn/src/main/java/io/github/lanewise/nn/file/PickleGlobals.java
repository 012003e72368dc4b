package io.github.lanewise.nn.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The closed list of what a pickle may name, and what each call of it stands for. None runs
 * anything: maps are made, arrays described, and the rest is passed over.
 */
final class PickleGlobals {

    private static final String ENCODE = "_codecs.encode";

    private static final Set<String> MAPS =
            Set.of("collections.OrderedDict", "collections.defaultdict", "collections.Counter");

    /** Plain values of Python, as its versions 2 and 3 call them. */
    private static final Set<String> PASSED =
            Stream.of(
                            all(
                                    "builtins.",
                                    "set frozenset complex bytearray bytes slice range list dict"
                                            + " int float str bool tuple object"),
                            all(
                                    "__builtin__.",
                                    "set frozenset complex bytearray bytes slice xrange list dict"
                                            + " int long float str unicode bool tuple object"),
                            all("collections.", "deque"),
                            all("datetime.", "datetime date time timedelta timezone"),
                            all("decimal.", "Decimal"),
                            all("fractions.", "Fraction"),
                            all("uuid.", "UUID SafeUUID"),
                            all("argparse.", "Namespace"),
                            all("types.", "SimpleNamespace"),
                            all("copyreg.", "_reconstructor"),
                            all("copy_reg.", "_reconstructor"),
                            all("pathlib.", "PosixPath WindowsPath PurePosixPath PureWindowsPath"),
                            all(
                                    "pathlib._local.",
                                    "PosixPath WindowsPath PurePosixPath PureWindowsPath"),
                            all("torch.", "Size device Tensor"),
                            all("torch.nn.parameter.", "Parameter Buffer"),
                            all("torch.serialization.", "_get_layout"),
                            all("torch.torch_version.", "TorchVersion"),
                            all("lightning.fabric.utilities.data.", "AttributeDict"),
                            all("lightning_fabric.utilities.data.", "AttributeDict"),
                            all("pytorch_lightning.utilities.parsing.", "AttributeDict"))
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet());

    private PickleGlobals() {}

    /** Returns names with what they begin with. */
    static Set<String> all(String prefix, String names) {
        return Stream.of(names.split(" ")).map(prefix::concat).collect(Collectors.toSet());
    }

    static boolean knows(String name) {
        return MAPS.contains(name)
                || PASSED.contains(name)
                || ENCODE.equals(name)
                || NumpyScalars.knows(name)
                || TorchRebuild.knows(name);
    }

    /** Returns what a call stands for. */
    static Object call(PickleArguments arguments) throws FormatException {
        String name = arguments.function();
        if (MAPS.contains(name)) {
            return map(arguments);
        }
        if (ENCODE.equals(name)) {
            return encoded(arguments);
        }
        if (TorchRebuild.isFunction(name)) {
            return TorchRebuild.call(arguments);
        }
        if (NumpyScalars.knows(name)) {
            return NumpyScalars.call(arguments);
        }
        if (PASSED.contains(name)) {
            return new PickleValues.Passed("a value of " + name);
        }
        throw arguments.error("a function", name);
    }

    private static Object map(PickleArguments arguments) throws FormatException {
        boolean ordered = "collections.OrderedDict".equals(arguments.function());
        arguments.require(0, ordered ? 0 : 1);
        // A counter is made of the map of its counts, which is one of its own.
        boolean counts = arguments.has(0) && arguments.get(0) instanceof Map<?, ?>;
        return counts ? arguments.get(0) : new LinkedHashMap<>();
    }

    /** Bytes, as protocol 2 writes them: a string whose characters they are. */
    private static Object encoded(PickleArguments arguments) throws FormatException {
        arguments.require(2, 2);
        if (!(arguments.get(0) instanceof String)) {
            throw arguments.wrong(0, "a string");
        }
        return arguments.get(0);
    }
}
