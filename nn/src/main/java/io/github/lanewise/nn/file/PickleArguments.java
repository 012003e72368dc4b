package io.github.lanewise.nn.file;

import java.util.ArrayList;
import java.util.List;

/**
 * What a pickle gives to a function.
 *
 * @param bytes tells messages where it is
 */
record PickleArguments(PickleBytes bytes, String function, List<Object> values) {

    FormatException error(String expected, String found) {
        return bytes.error(expected, found);
    }

    /** Checks how many there are. */
    void require(int least, int most) throws FormatException {
        if (values.size() < least || values.size() > most) {
            String count = least == most ? "" + least : "%s to %s".formatted(least, most);
            throw error(
                    "%s arguments of %s".formatted(count, function),
                    Integer.toString(values.size()));
        }
    }

    Object get(int index) {
        return values.get(index);
    }

    /** Says whether an argument is there and is something. */
    boolean has(int index) {
        return index < values.size() && values.get(index) != null;
    }

    List<Object> list(int index) throws FormatException {
        if (values.get(index) instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw wrong(index, "a list");
    }

    long natural(int index) throws FormatException {
        if (values.get(index) instanceof Long number && number >= 0) {
            return number;
        }
        throw wrong(index, "a number from 0");
    }

    String globalName(int index) throws FormatException {
        if (values.get(index) instanceof PickleValues.Global(String name)) {
            return name;
        }
        throw wrong(index, "a global");
    }

    List<Long> naturals(int index) throws FormatException {
        List<Long> numbers = new ArrayList<>();
        for (Object element : list(index)) {
            if (!(element instanceof Long number) || number < 0) {
                throw error("numbers from 0", Pickle.kind(element));
            }
            numbers.add(number);
        }
        return numbers;
    }

    FormatException wrong(int index, String expected) {
        return error(
                "%s as argument %s of %s".formatted(expected, index, function),
                Pickle.kind(values.get(index)));
    }
}
