package io.github.lanewise.nn.file;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The functions by which PyTorch's pickles make an array of a storage. An array of a kind that is
 * not read becomes a {@link PickleValues.Unread}, so that the others of its file can be.
 */
final class TorchRebuild {

    private static final String UTILS = "torch._utils.";
    private static final String FROM_TYPE = "torch._tensor._rebuild_from_type_v2";

    /** Bytes of whatever type the array says. */
    private static final String UNTYPED = "torch.storage.UntypedStorage";

    private static final PickleValues.Unread COMPLEX =
            new PickleValues.Unread("complex numbers", "save torch.view_as_real(...) of it");
    private static final PickleValues.Unread QUANTIZED =
            new PickleValues.Unread("quantized numbers", "save its .dequantize()");
    private static final PickleValues.Unread SPARSE =
            new PickleValues.Unread("a sparse array", "save its .to_dense()");
    private static final PickleValues.Unread NARROW =
            new PickleValues.Unread("numbers of less than a byte", "save it as float32");
    private static final PickleValues.Unread EMPTY =
            new PickleValues.Unread(
                    "an array without numbers, on the device meta", "save it from another device");
    private static final PickleValues.Unread SUBCLASS =
            new PickleValues.Unread(
                    "an array of a class of its own", "save it as a plain torch.Tensor");
    private static final PickleValues.Unread NESTED =
            new PickleValues.Unread(
                    "arrays of several lengths", "save its .to_padded_tensor(0), or each alone");

    private static final Map<String, PickleValues.Unread> NOT_READ =
            Map.of(
                    UTILS + "_rebuild_sparse_tensor", SPARSE,
                    UTILS + "_rebuild_sparse_csr_tensor", SPARSE,
                    UTILS + "_rebuild_qtensor", QUANTIZED,
                    UTILS + "_rebuild_meta_tensor_no_storage", EMPTY,
                    UTILS + "_rebuild_nested_tensor", NESTED,
                    UTILS + "_rebuild_wrapper_subclass", SUBCLASS);

    private static final Set<String> READ =
            Set.of(
                    UTILS + "_rebuild_tensor_v2",
                    UTILS + "_rebuild_tensor_v3",
                    UTILS + "_rebuild_parameter",
                    UTILS + "_rebuild_parameter_with_state",
                    FROM_TYPE);

    /** The types of storages. */
    private static final Map<String, DType> STORAGES =
            Map.ofEntries(
                    Map.entry("torch.FloatStorage", DType.F32),
                    Map.entry("torch.HalfStorage", DType.F16),
                    Map.entry("torch.BFloat16Storage", DType.BF16),
                    Map.entry("torch.DoubleStorage", DType.F64),
                    Map.entry("torch.LongStorage", DType.I64),
                    Map.entry("torch.IntStorage", DType.I32),
                    Map.entry("torch.ShortStorage", DType.I16),
                    Map.entry("torch.CharStorage", DType.I8),
                    Map.entry("torch.ByteStorage", DType.U8),
                    Map.entry("torch.BoolStorage", DType.BOOL),
                    Map.entry("torch.ComplexFloatStorage", DType.C64),
                    Map.entry(UNTYPED, DType.U8));

    private static final Map<String, PickleValues.Unread> STORAGES_NOT_READ =
            Map.of(
                    "torch.ComplexDoubleStorage", COMPLEX,
                    "torch.QInt8Storage", QUANTIZED,
                    "torch.QUInt8Storage", QUANTIZED,
                    "torch.QInt32Storage", QUANTIZED);

    /** The types of elements that storages of their own do not have. */
    private static final Map<String, DType> TYPES =
            Map.of(
                    "torch.uint16", DType.U16,
                    "torch.uint32", DType.U32,
                    "torch.uint64", DType.U64,
                    "torch.float8_e4m3fn", DType.F8_E4M3,
                    "torch.float8_e5m2", DType.F8_E5M2,
                    "torch.float8_e4m3fnuz", DType.F8_E4M3FNUZ,
                    "torch.float8_e5m2fnuz", DType.F8_E5M2FNUZ,
                    "torch.float8_e8m0fnu", DType.F8_E8M0);

    private static final Map<String, PickleValues.Unread> TYPES_NOT_READ =
            Map.of("torch.complex32", COMPLEX, "torch.float4_e2m1fn_x2", NARROW);

    /** Types that a map may hold as a value, and what quantized arrays are made by. */
    private static final Set<String> OTHERS =
            PickleGlobals.all(
                    "torch.",
                    "float16 bfloat16 float32 float64 int8 int16 int32 int64 uint8 bool complex64"
                            + " complex128 qint8 quint8 qint32 quint4x2 per_tensor_affine"
                            + " per_channel_affine per_channel_affine_float_qparams"
                            + " per_tensor_symmetric per_channel_symmetric");

    private TorchRebuild() {}

    static boolean isFunction(String name) {
        return READ.contains(name) || NOT_READ.containsKey(name);
    }

    static boolean knows(String name) {
        return isFunction(name)
                || STORAGES.containsKey(name)
                || STORAGES_NOT_READ.containsKey(name)
                || TYPES.containsKey(name)
                || TYPES_NOT_READ.containsKey(name)
                || OTHERS.contains(name);
    }

    /** Returns the storage that an identifier stands for. */
    static Object storage(PickleArguments id) throws FormatException {
        boolean fits =
                id.values().size() == 5
                        && "storage".equals(id.get(0))
                        && id.get(2) instanceof String
                        && id.get(4) instanceof Long elements
                        && elements >= 0
                        && elements < 1L << 56;
        String type = fits ? id.globalName(1) : null;
        if (fits && STORAGES_NOT_READ.containsKey(type)) {
            return STORAGES_NOT_READ.get(type).of(type);
        }
        if (!fits || !STORAGES.containsKey(type)) {
            throw id.error("a storage: its type, key, device and size", "something else");
        }
        return new TorchArray.Storage(
                STORAGES.get(type), UNTYPED.equals(type), (String) id.get(2), (Long) id.get(4));
    }

    /** Returns the array that a call stands for. */
    static Object call(PickleArguments arguments) throws FormatException {
        String name = arguments.function();
        if (NOT_READ.containsKey(name)) {
            return NOT_READ.get(name);
        }
        return switch (name) {
            case UTILS + "_rebuild_tensor_v2" -> {
                arguments.require(6, 7);
                yield tensor(arguments, null, 6);
            }
            case UTILS + "_rebuild_tensor_v3" -> {
                arguments.require(7, 8);
                yield tensor(arguments, arguments.globalName(6), 7);
            }
            case FROM_TYPE -> {
                arguments.require(4, 4);
                String function = arguments.globalName(0);
                if (!isFunction(function) || function.equals(FROM_TYPE)) {
                    throw arguments.wrong(0, "a function that makes an array");
                }
                yield call(new PickleArguments(arguments.bytes(), function, arguments.list(2)));
            }
            default -> {
                arguments.require(3, 4);
                yield arguments.get(0);
            }
        };
    }

    /**
     * Describes an array.
     *
     * @param type of its elements, or null where its storage tells it
     * @param marks where the arguments say what else is to be done to the numbers
     */
    private static Object tensor(PickleArguments arguments, String type, int marks)
            throws FormatException {
        if (arguments.get(0) instanceof PickleValues.Unread unread) {
            return unread;
        }
        if (!(arguments.get(0) instanceof TorchArray.Storage storage)
                || storage.untyped() != (type != null)) {
            throw arguments.wrong(0, "a storage");
        }
        if (type != null && TYPES_NOT_READ.containsKey(type)) {
            return TYPES_NOT_READ.get(type).of(type);
        }
        DType dtype = type == null ? storage.dtype() : TYPES.get(type);
        if (dtype == null) {
            throw arguments.wrong(6, "a type");
        }
        TorchArray array =
                new TorchArray(
                        storage.of(dtype),
                        arguments.natural(1),
                        arguments.naturals(2),
                        arguments.naturals(3));
        if (!array.isInside()) {
            throw arguments.error(
                    String.format(
                            Locale.ROOT,
                            "an array inside its storage of %,d elements",
                            storage.elements()),
                    String.format(
                            Locale.ROOT,
                            "sizes %s, strides %s, offset %s",
                            array.sizes(),
                            array.strides(),
                            array.offset()));
        }
        if (arguments.has(marks) && !isEmptyMap(arguments.get(marks))) {
            return new PickleValues.Unread(
                    "numbers that are yet to be conjugated or negated",
                    "save its .resolve_conj().resolve_neg()");
        }
        if (array.isExpanded()) {
            return new PickleValues.Unread(
                    String.format(
                            Locale.ROOT,
                            "elements that stand for several: sizes %s, strides %s",
                            array.sizes(),
                            array.strides()),
                    "save its .contiguous()");
        }
        return array;
    }

    private static boolean isEmptyMap(Object value) {
        return value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof List<?> list && list.isEmpty();
    }
}
