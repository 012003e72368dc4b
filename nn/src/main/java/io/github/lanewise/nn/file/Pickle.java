package io.github.lanewise.nn.file;

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
 * TorchArray} and {@link TorchArray.Storage}. What a hostile pickle costs in memory is bounded by
 * constants.
 */
final class Pickle {

    private static final int MAX_STACK = 1_000_000;
    private static final int MAX_VALUES = 4_000_000;

    /** The globals that describe something; the others are the {@link TorchArray#STORAGES}. */
    private static final List<String> GLOBALS =
            List.of(
                    "collections.OrderedDict",
                    "torch._utils._rebuild_tensor_v2",
                    "torch._utils._rebuild_parameter");

    private record Global(String name) {}

    private final PickleBytes bytes;
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
        this.bytes = new PickleBytes(source, bytes);
    }

    /** Reads the value. */
    Object read() throws FormatException {
        while (true) {
            int operation = bytes.unsignedByte();
            if (operation == '.') {
                Object value = pop();
                if (bytes.hasRemaining() || !stack.isEmpty() || !marks.isEmpty()) {
                    throw bytes.error("the end after one value", "more");
                }
                return value;
            }
            if (++values > MAX_VALUES || stack.size() > MAX_STACK) {
                throw bytes.error("at most %,d values".formatted(MAX_VALUES), "more");
            }
            run(operation);
        }
    }

    private void run(int operation) throws FormatException {
        switch (operation) {
            case 0x80 -> requireProtocol(bytes.unsignedByte());
            case 0x95 -> bytes.take(8);
            case '(' -> marks.push(stack.size());
            case 'N' -> stack.add(null);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'K' -> stack.add((long) bytes.unsignedByte());
            case 'M' -> stack.add((long) bytes.unsignedShort());
            case 'J' -> stack.add((long) bytes.fourBytes());
            case 0x8A -> stack.add(bytes.longNumber(bytes.unsignedByte()));
            case 'G' -> stack.add(bytes.doubleNumber());
            case 'X' -> stack.add(bytes.string(bytes.fourBytes() & 0xFFFF_FFFFL));
            case 0x8C -> stack.add(bytes.string(bytes.unsignedByte()));
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
            case 'q' -> memo.put(bytes.unsignedByte(), top());
            case 'r' -> memo.put(bytes.fourBytes(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> remember(bytes.unsignedByte());
            case 'j' -> remember(bytes.fourBytes());
            case 'c' -> stack.add(global(bytes.line() + "." + bytes.line()));
            case 0x93 -> stackGlobal();
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> stack.add(storage(list(pop())));
            default ->
                    throw bytes.error(
                            "what a state_dict needs",
                            "operation 0x%02X; save model.state_dict(), not the model"
                                    .formatted(operation));
        }
    }

    private void requireProtocol(int protocol) throws FormatException {
        if (protocol < 2 || protocol > 5) {
            throw bytes.error("pickle protocol 2 to 5", Integer.toString(protocol));
        }
    }

    private Object pop() throws FormatException {
        top();
        return stack.removeLast();
    }

    private Object top() throws FormatException {
        int least = marks.isEmpty() ? 0 : marks.peek();
        if (stack.size() <= least) {
            throw bytes.error("a value on the stack", "none");
        }
        return stack.getLast();
    }

    private List<Object> popToMark() throws FormatException {
        if (marks.isEmpty()) {
            throw bytes.error("a mark on the stack", "none");
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
            throw bytes.error("keys and values", "a key alone");
        }
        for (int i = 0; i < items.size(); i += 2) {
            put(map, items.get(i), items.get(i + 1));
        }
    }

    private void put(Map<Object, Object> map, Object key, Object value) throws FormatException {
        if (!(key instanceof String || key instanceof Long)) {
            throw bytes.error("a string or a number as key", kind(key));
        }
        map.put(key, value);
    }

    private void remember(int index) throws FormatException {
        if (!memo.containsKey(index)) {
            throw bytes.error("a value under %d in the memo".formatted(index), "none");
        }
        stack.add(memo.get(index));
    }

    private void stackGlobal() throws FormatException {
        Object name = pop();
        Object module = pop();
        if (!(name instanceof String && module instanceof String)) {
            throw bytes.error(
                    "names of a module and a global", kind(module) + " and " + kind(name));
        }
        stack.add(global(module + "." + name));
    }

    private Global global(String name) throws FormatException {
        if (!GLOBALS.contains(name) && !TorchArray.STORAGES.containsKey(name)) {
            throw bytes.error(
                    "the globals that a state_dict of arrays needs",
                    JsonWriter.quoted(name) + "; nothing was run; save model.state_dict()");
        }
        return new Global(name);
    }

    private void reduce() throws FormatException {
        List<Object> arguments = list(pop());
        if (!(pop() instanceof Global(String name))) {
            throw bytes.error("a global to call", "something else");
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
                    default -> throw bytes.error("a function", name);
                });
    }

    private void requireArguments(String name, List<Object> arguments, int count)
            throws FormatException {
        if (arguments.size() != count) {
            throw bytes.error(
                    "%d arguments of %s".formatted(count, name),
                    Integer.toString(arguments.size()));
        }
    }

    /** An ordered map comes with attributes of its own, which tell versions of modules. */
    private void build() throws FormatException {
        pop();
        map(top());
    }

    private TorchArray.Storage storage(List<Object> id) throws FormatException {
        boolean fits =
                id.size() == 5
                        && "storage".equals(id.get(0))
                        && id.get(1) instanceof Global(String type)
                        && TorchArray.STORAGES.containsKey(type)
                        && id.get(2) instanceof String
                        && id.get(4) instanceof Long elements
                        && elements >= 0
                        && elements < 1L << 56;
        if (!fits) {
            throw bytes.error("a storage: its type, key, device and size", "something else");
        }
        DType dtype = TorchArray.STORAGES.get(((Global) id.get(1)).name());
        return new TorchArray.Storage(dtype, (String) id.get(2), (Long) id.get(4));
    }

    private TorchArray tensor(String name, List<Object> arguments) throws FormatException {
        if (arguments.size() != 7) {
            requireArguments(name, arguments, 6);
        }
        if (!(arguments.get(0) instanceof TorchArray.Storage storage)
                || !(arguments.get(1) instanceof Long offset)) {
            throw bytes.error("a storage and an offset", kind(arguments.get(0)));
        }
        List<Long> sizes = naturals(arguments.get(2));
        List<Long> strides = naturals(arguments.get(3));
        if (arguments.size() == 7 && !map(arguments.get(6)).isEmpty()) {
            throw bytes.error("an array as it is", "one conjugated or negated");
        }
        TorchArray array = new TorchArray(storage, offset, sizes, strides);
        if (array.isExpanded()) {
            throw bytes.error(
                    "arrays that have all their elements; save an expanded one by .contiguous()",
                    "sizes %s, strides %s".formatted(sizes, strides));
        }
        if (!array.isInside()) {
            throw bytes.error(
                    "an array inside its storage of %,d elements".formatted(storage.elements()),
                    "sizes %s, strides %s, offset %d".formatted(sizes, strides, offset));
        }
        return array;
    }

    private List<Long> naturals(Object value) throws FormatException {
        List<Long> numbers = new ArrayList<>();
        for (Object element : list(value)) {
            if (!(element instanceof Long number) || number < 0) {
                throw bytes.error("numbers from 0", kind(element));
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
        throw bytes.error("a list", kind(value));
    }

    private Map<Object, Object> map(Object value) throws FormatException {
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked") // nothing here makes another
            Map<Object, Object> map = (Map<Object, Object>) value;
            return map;
        }
        throw bytes.error("a map", kind(value));
    }

    /** Returns what a value is, for messages. */
    static String kind(Object value) {
        return switch (value) {
            case null -> "nothing";
            case Map<?, ?> map -> "a map of " + map.size();
            case List<?> list -> "a list of " + list.size();
            case String string -> JsonWriter.quoted(string);
            case TorchArray tensor -> "an array " + tensor.sizes();
            case TorchArray.Storage storage -> "a storage of " + storage.dtype();
            case Global(String name) -> "the global " + name;
            default -> value.toString();
        };
    }
}
