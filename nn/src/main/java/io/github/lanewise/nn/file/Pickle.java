package io.github.lanewise.nn.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the pickle of a {@code state_dict}, or of a checkpoint that holds one: a machine with a
 * stack that knows the operations and, by heart, the few globals that such a pickle needs.
 *
 * <p>A pickle is a program that may call any function of Python. Here a global is looked up in the
 * closed lists of {@link PickleGlobals}, and stands for building a map, describing an array or
 * being passed over; every other one, and every other operation, is refused by name. So nothing
 * runs that the file brings.
 *
 * <p>Values are maps, lists (for tuples too), strings, bytes, longs, doubles, booleans, null,
 * {@link TorchArray}, {@link TorchArray.Storage}, and those of {@link PickleValues}. What a hostile
 * pickle costs in memory is bounded by constants.
 */
final class Pickle {

    private static final int MAX_STACK = 1_000_000;
    private static final int MAX_VALUES = 4_000_000;

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
                throw bytes.error(
                        String.format(Locale.ROOT, "at most %,d values", MAX_VALUES), "more");
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
            case 0x8B -> stack.add(bytes.longNumber(bytes.fourBytes()));
            case 'G' -> stack.add(bytes.doubleNumber());
            case 'X' -> stack.add(bytes.string(bytes.fourBytes() & 0xFFFF_FFFFL));
            case 0x8C -> stack.add(bytes.string(bytes.unsignedByte()));
            case 0x8D -> stack.add(bytes.string(bytes.eightBytes()));
            case 'C' -> stack.add(bytes.bytes(bytes.unsignedByte()));
            case 'B' -> stack.add(bytes.bytes(bytes.fourBytes() & 0xFFFF_FFFFL));
            case 0x8E, 0x96 -> stack.add(bytes.bytes(bytes.eightBytes()));
            case 0x8F -> stack.add(new PickleValues.Passed("a set"));
            case 0x90 -> addItems();
            case 0x91 -> {
                popToMark();
                stack.add(new PickleValues.Passed("a set"));
            }
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
            case 'R', 0x81 -> call(pop());
            case 0x92 -> {
                pop(); // the named ones, which no call here takes
                call(pop());
            }
            case 'b' -> build();
            case 'Q' ->
                    stack.add(
                            TorchRebuild.storage(
                                    new PickleArguments(bytes, "storage", list(pop()))));
            default ->
                    throw bytes.error(
                            "what a state_dict needs",
                            String.format(
                                    Locale.ROOT,
                                    "operation 0x%02X; save model.state_dict(), not the model",
                                    operation));
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
        if (!(top() instanceof PickleValues.Passed)) {
            list(top()).addAll(elements);
        }
    }

    private void addItems() throws FormatException {
        popToMark();
        if (!(top() instanceof PickleValues.Passed)) {
            throw bytes.error("a set", kind(top()));
        }
    }

    private void setItem() throws FormatException {
        Object value = pop();
        Object key = pop();
        put(top(), key, value);
    }

    private void setItems(List<Object> items) throws FormatException {
        Object map = top();
        if (items.size() % 2 != 0) {
            throw bytes.error("keys and values", "a key alone");
        }
        for (int i = 0; i < items.size(); i += 2) {
            put(map, items.get(i), items.get(i + 1));
        }
    }

    /** A key whose equality would look into it is equal to itself alone. */
    private void put(Object into, Object key, Object value) throws FormatException {
        if (into instanceof PickleValues.Passed) {
            return;
        }
        boolean plain =
                key == null
                        || key instanceof String
                        || key instanceof Number
                        || key instanceof Boolean;
        map(into).put(plain ? key : new PickleValues.Passed(kind(key)), value);
    }

    private void remember(int index) throws FormatException {
        if (!memo.containsKey(index)) {
            throw bytes.error(
                    String.format(Locale.ROOT, "a value under %s in the memo", index), "none");
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

    private PickleValues.Global global(String name) throws FormatException {
        if (!PickleGlobals.knows(name)) {
            throw bytes.error(
                    "the globals that a state_dict of arrays needs",
                    JsonWriter.quoted(name)
                            + "; nothing was run; save model.state_dict(), and beside it plain"
                            + " values alone");
        }
        return new PickleValues.Global(name);
    }

    private void call(Object arguments) throws FormatException {
        if (!(pop() instanceof PickleValues.Global(String name))) {
            throw bytes.error("a global to call", "something else");
        }
        stack.add(PickleGlobals.call(new PickleArguments(bytes, name, list(arguments))));
    }

    /**
     * Attributes are passed over: an ordered map comes with some, which tell versions of modules. A
     * type of NumPy comes with its byte order.
     */
    private void build() throws FormatException {
        Object state = pop();
        switch (top()) {
            case PickleValues.Passed passed -> {}
            case PickleValues.Unread unread -> {}
            case NumpyScalars.Type type -> type.order(list(state));
            case null, default -> map(top());
        }
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
            case byte[] some -> String.format(Locale.ROOT, "%,d bytes", some.length);
            case TorchArray tensor -> "an array " + tensor.sizes();
            case TorchArray.Storage storage -> "a storage of " + storage.dtype();
            case PickleValues.Global(String name) -> "the global " + name;
            default -> value.toString();
        };
    }
}
