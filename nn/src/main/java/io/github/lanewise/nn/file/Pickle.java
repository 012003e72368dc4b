package io.github.lanewise.nn.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a {@code state_dict}: a machine with a stack that knows the few operations
 * and the few globals that such a pickle needs, by heart.
 *
 * <p>A pickle is a program that may call any function of Python. Here a global is looked up in a
 * closed list, and stands for building a map or describing an array; every other one, and every
 * other operation, is refused by name. So nothing runs that the file brings.
 *
 * <p>Values are maps, lists (for tuples too), strings, longs, doubles, booleans, null, {@link
 * Tensor} and {@link Storage}. What a hostile pickle costs in memory is bounded by constants.
 */
final class Pickle {

    private static final int MAX_STACK = 1_000_000;
    private static final int MAX_VALUES = 4_000_000;
    private static final int MAX_DIMENSIONS = 64;
    private static final int MAX_LONG_BYTES = 8;

    /** The globals that describe something; the others are the {@link #STORAGES}. */
    private static final List<String> GLOBALS =
            List.of(
                    "collections.OrderedDict",
                    "torch._utils._rebuild_tensor_v2",
                    "torch._utils._rebuild_parameter");

    private static final Map<String, DType> STORAGES =
            Map.of(
                    "torch.FloatStorage", DType.F32,
                    "torch.HalfStorage", DType.F16,
                    "torch.BFloat16Storage", DType.BF16,
                    "torch.DoubleStorage", DType.F64,
                    "torch.LongStorage", DType.I64,
                    "torch.IntStorage", DType.I32,
                    "torch.ShortStorage", DType.I16,
                    "torch.CharStorage", DType.I8,
                    "torch.ByteStorage", DType.U8,
                    "torch.BoolStorage", DType.BOOL);

    /** The bytes that arrays lie in. */
    record Storage(DType dtype, String key, long elements) {}

    /** An array: some elements of a storage. */
    record Tensor(Storage storage, long offset, List<Long> sizes, List<Long> strides) {

        long elements() {
            return sizes.stream().reduce(1L, (a, b) -> a * b);
        }

        /** Returns how many elements of the storage lie from the first to the last. */
        long span() {
            long last = 0;
            for (int axis = 0; axis < sizes.size(); axis++) {
                last += (sizes.get(axis) - 1) * strides.get(axis);
            }
            return elements() == 0 ? 0 : last + 1;
        }

        boolean isContiguous() {
            long expected = 1;
            for (int axis = sizes.size() - 1; axis >= 0; axis--) {
                if (sizes.get(axis) != 1 && strides.get(axis) != expected) {
                    return elements() == 0;
                }
                expected *= sizes.get(axis);
            }
            return true;
        }
    }

    private record Global(String name) {}

    private final String source;
    private final ByteBuffer bytes;
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int values;

    /**
     * Starts before a pickle.
     *
     * @param source how messages begin
     */
    Pickle(String source, byte[] bytes) {
        this.source = source;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the value. */
    Object read() throws FormatException {
        while (true) {
            int at = bytes.position();
            int operation = take(1).get() & 0xFF;
            if (operation == '.') {
                Object value = pop();
                if (bytes.hasRemaining() || !stack.isEmpty() || !marks.isEmpty()) {
                    throw error("the end after one value", "more");
                }
                return value;
            }
            if (++values > MAX_VALUES || stack.size() > MAX_STACK) {
                throw error("at most %,d values".formatted(MAX_VALUES), "more");
            }
            run(operation, at);
        }
    }

    private void run(int operation, int at) throws FormatException {
        switch (operation) {
            case 0x80 -> requireProtocol(take(1).get() & 0xFF);
            case 0x95 -> take(8);
            case '(' -> marks.push(stack.size());
            case 'N' -> stack.add(null);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'K' -> stack.add((long) (take(1).get() & 0xFF));
            case 'M' -> stack.add((long) (take(2).getShort() & 0xFFFF));
            case 'J' -> stack.add((long) take(4).getInt());
            case 0x8A -> stack.add(longNumber(take(1).get() & 0xFF));
            case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(take(8).getLong())));
            case 'X' -> stack.add(string(take(4).getInt() & 0xFFFF_FFFFL));
            case 0x8C -> stack.add(string(take(1).get() & 0xFF));
            case '}' -> stack.add(new LinkedHashMap<>());
            case ']', ')' -> stack.add(new ArrayList<>());
            case 'l', 't' -> stack.add(popToMark());
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 'a' -> append(Collections.singletonList(pop()));
            case 'e' -> append(popToMark());
            case 's' -> setItem();
            case 'u' -> setItems(popToMark());
            case 'q' -> memo.put(take(1).get() & 0xFF, top());
            case 'r' -> memo.put(take(4).getInt(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> remember(take(1).get() & 0xFF);
            case 'j' -> remember(take(4).getInt());
            case 'c' -> stack.add(global(line() + "." + line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> stack.add(storage(list(pop())));
            default ->
                    throw new FormatException(
                            "%s: offset %d: expected what a state_dict needs, found operation 0x%02X; save model.state_dict(), not the model"
                                    .formatted(source, at, operation));
        }
    }

    private void requireProtocol(int protocol) throws FormatException {
        if (protocol < 2 || protocol > 5) {
            throw error("pickle protocol 2 to 5", Integer.toString(protocol));
        }
    }

    private ByteBuffer take(int count) throws FormatException {
        if (bytes.remaining() < count) {
            throw error("%d bytes more".formatted(count), "the end");
        }
        ByteBuffer part = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + count);
        return part;
    }

    private long longNumber(int length) throws FormatException {
        if (length > MAX_LONG_BYTES) {
            throw error(
                    "a number of at most %d bytes".formatted(MAX_LONG_BYTES), length + " bytes");
        }
        ByteBuffer part = take(length);
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = i == length - 1 ? part.get(i) : number << 8 | part.get(i) & 0xFF;
        }
        return number;
    }

    private String string(long length) throws FormatException {
        if (length > bytes.remaining()) {
            throw error("a string of %,d bytes".formatted(length), "the end");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(take((int) length)).toString();
        } catch (CharacterCodingException e) {
            throw error("a string in UTF-8", "other bytes");
        }
    }

    private String line() throws FormatException {
        int from = bytes.position();
        while (take(1).get() != '\n') {
            continue;
        }
        byte[] line = new byte[bytes.position() - 1 - from];
        bytes.get(from, line);
        return new String(line, StandardCharsets.UTF_8);
    }

    private Object pop() throws FormatException {
        top();
        return stack.removeLast();
    }

    private Object top() throws FormatException {
        int least = marks.isEmpty() ? 0 : marks.peek();
        if (stack.size() <= least) {
            throw error("a value on the stack", "none");
        }
        return stack.getLast();
    }

    private List<Object> popToMark() throws FormatException {
        if (marks.isEmpty()) {
            throw error("a mark on the stack", "none");
        }
        List<Object> above = stack.subList(marks.pop(), stack.size());
        List<Object> popped = new ArrayList<>(above);
        above.clear();
        return popped;
    }

    private void tuple(int size) throws FormatException {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.addFirst(pop());
        }
        stack.add(elements);
    }

    private void append(List<Object> elements) throws FormatException {
        list(top()).addAll(elements);
    }

    private void setItem() throws FormatException {
        Object value = pop();
        Object key = pop();
        put(map(top()), key, value);
    }

    private void setItems(List<Object> items) throws FormatException {
        Map<Object, Object> map = map(top());
        if (items.size() % 2 != 0) {
            throw error("keys and values", "a key alone");
        }
        for (int i = 0; i < items.size(); i += 2) {
            put(map, items.get(i), items.get(i + 1));
        }
    }

    private void put(Map<Object, Object> map, Object key, Object value) throws FormatException {
        if (!(key instanceof String || key instanceof Long)) {
            throw error("a string or a number as key", kind(key));
        }
        map.put(key, value);
    }

    private void remember(int index) throws FormatException {
        if (!memo.containsKey(index)) {
            throw error("a value under %d in the memo".formatted(index), "none");
        }
        stack.add(memo.get(index));
    }

    private void stackGlobal() throws FormatException {
        Object name = pop();
        Object module = pop();
        if (!(name instanceof String && module instanceof String)) {
            throw error("names of a module and a global", kind(module) + " and " + kind(name));
        }
        stack.add(global(module + "." + name));
    }

    private Global global(String name) throws FormatException {
        if (!GLOBALS.contains(name) && !STORAGES.containsKey(name)) {
            throw error(
                    "the globals that a state_dict of arrays needs",
                    JsonWriter.quoted(name) + "; nothing was run; save model.state_dict()");
        }
        return new Global(name);
    }

    private void reduce() throws FormatException {
        List<Object> arguments = list(pop());
        if (!(pop() instanceof Global(String name))) {
            throw error("a global to call", "something else");
        }
        stack.add(
                switch (name) {
                    case "collections.OrderedDict" -> {
                        requireArguments(name, arguments, 0);
                        yield new LinkedHashMap<>();
                    }
                    case "torch._utils._rebuild_parameter" -> {
                        requireArguments(name, arguments, 3);
                        yield arguments.getFirst();
                    }
                    case "torch._utils._rebuild_tensor_v2" -> tensor(name, arguments);
                    default -> throw error("a function", name);
                });
    }

    private void requireArguments(String name, List<Object> arguments, int count)
            throws FormatException {
        if (arguments.size() != count) {
            throw error(
                    "%d arguments of %s".formatted(count, name),
                    Integer.toString(arguments.size()));
        }
    }

    /** An ordered map comes with attributes of its own, which tell versions of modules. */
    private void build() throws FormatException {
        pop();
        map(top());
    }

    private Storage storage(List<Object> id) throws FormatException {
        boolean fits =
                id.size() == 5
                        && "storage".equals(id.get(0))
                        && id.get(1) instanceof Global(String type)
                        && STORAGES.containsKey(type)
                        && id.get(2) instanceof String
                        && id.get(4) instanceof Long elements
                        && elements >= 0
                        && elements < 1L << 56;
        if (!fits) {
            throw error("a storage: its type, key, device and size", "something else");
        }
        DType dtype = STORAGES.get(((Global) id.get(1)).name());
        return new Storage(dtype, (String) id.get(2), (Long) id.get(4));
    }

    private Tensor tensor(String name, List<Object> arguments) throws FormatException {
        if (arguments.size() != 7) {
            requireArguments(name, arguments, 6);
        }
        if (!(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw error("a storage and an offset", kind(arguments.get(0)));
        }
        List<Long> sizes = naturals(arguments.get(2));
        List<Long> strides = naturals(arguments.get(3));
        if (sizes.size() != strides.size()
                || sizes.size() > MAX_DIMENSIONS
                || !isInside(storage, offset, sizes, strides)) {
            throw error(
                    "an array inside its storage of %,d elements".formatted(storage.elements()),
                    "sizes %s, strides %s, offset %d".formatted(sizes, strides, offset));
        }
        return new Tensor(storage, offset, sizes, strides);
    }

    /** Also refuses arrays of more elements than their storage, which share some. */
    private static boolean isInside(
            Storage storage, long offset, List<Long> sizes, List<Long> strides) {
        try {
            long elements = 1;
            long last = offset;
            for (int axis = 0; axis < sizes.size(); axis++) {
                elements = Math.multiplyExact(elements, sizes.get(axis));
                long way = Math.multiplyExact(sizes.get(axis) - 1, strides.get(axis));
                last = Math.addExact(last, way);
            }
            boolean empty = elements == 0;
            return offset >= 0
                    && (empty || last < storage.elements())
                    && elements <= storage.elements()
                    && (!empty || offset <= storage.elements());
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private List<Long> naturals(Object value) throws FormatException {
        List<Long> numbers = new ArrayList<>();
        for (Object element : list(value)) {
            if (!(element instanceof Long number) || number < 0) {
                throw error("numbers from 0", kind(element));
            }
            numbers.add(number);
        }
        return numbers;
    }

    private List<Object> list(Object value) throws FormatException {
        if (value instanceof List<?>) {
            @SuppressWarnings("unchecked") // nothing here makes another
            List<Object> list = (List<Object>) value;
            return list;
        }
        throw error("a list", kind(value));
    }

    private Map<Object, Object> map(Object value) throws FormatException {
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // nothing here makes another
            Map<Object, Object> map = (Map<Object, Object>) value;
            return map;
        }
        throw error("a map", kind(value));
    }

    private FormatException error(String expected, String found) {
        return new FormatException(
                "%s: offset %d: expected %s, found %s"
                        .formatted(source, bytes.position(), expected, found));
    }

    /** Returns what a value is, for messages. */
    static String kind(Object value) {
        return switch (value) {
            case null -> "nothing";
            case Map<?, ?> map -> "a map of " + map.size();
            case List<?> list -> "a list of " + list.size();
            case String string -> JsonWriter.quoted(string);
            case Tensor tensor -> "an array " + tensor.sizes();
            case Storage storage -> "a storage of " + storage.dtype();
            case Global(String name) -> "the global " + name;
            default -> value.toString();
        };
    }
}
