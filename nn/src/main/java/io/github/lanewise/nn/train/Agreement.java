package io.github.lanewise.nn.train;

import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.file.Printable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** Compares what must be the same on all workers. */
final class Agreement {

    /** What differs from process to process where a class does not say what it is. */
    private static final Pattern IDENTITY = Pattern.compile("(/0x[0-9a-f]+)?@[0-9a-f]+");

    private Agreement() {}

    /**
     * Gathers these values from all workers and compares them, line by line. Objects are known by
     * what they say of themselves, or by their class.
     *
     * @param values by name; the same names on all workers
     * @param remedy of a difference, for the message
     * @throws IllegalStateException if a worker has others than rank 0; thrown on all of them
     */
    static void require(Collective workers, SequencedMap<String, Object> values, String remedy) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            text.append(entry.getKey()).append(' ').append(said(entry.getValue())).append('\n');
        }
        byte[][] all = workers.gather(text.toString().getBytes(StandardCharsets.UTF_8));
        String[] expected = lines(all[0]);
        for (int rank = 1; rank < all.length; rank++) {
            String[] found = lines(all[rank]);
            for (int i = 0; i < Math.min(expected.length, found.length); i++) {
                if (!expected[i].equals(found[i])) {
                    throw new IllegalStateException(
                            "fit: rank %s has %s, rank 0 has %s; %s"
                                    .formatted(rank, found[i], expected[i], remedy));
                }
            }
        }
    }

    /** Returns what an object says of itself; one that says nothing is known by its class. */
    static String said(Object value) {
        return IDENTITY.matcher(String.valueOf(value)).replaceAll("");
    }

    private static String[] lines(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .map(Printable::of)
                .toArray(String[]::new);
    }
}
