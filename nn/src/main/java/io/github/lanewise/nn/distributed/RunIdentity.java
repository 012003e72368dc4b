package io.github.lanewise.nn.distributed;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What all workers of a run must agree on before they exchange a single gradient.
 *
 * @param run names the run; another run's worker that comes to the wrong port is turned away
 * @param shards S, into which each batch is cut
 * @param model fingerprint of the model and of all settings that decide its training, such as a
 *     hash
 * @param data fingerprint of the training data
 */
public record RunIdentity(String run, int shards, String model, String data) {

    /** The longest text, in bytes of UTF-8. */
    static final int LONGEST = 256;

    /**
     * Describes a run.
     *
     * @throws IllegalArgumentException if there is no shard, or a text has more than 256 bytes
     */
    public RunIdentity {
        check("run", run);
        check("model", model);
        check("data", data);
        if (shards < 1) {
            throw new IllegalArgumentException(
                    "RunIdentity: %s shards; at least 1 is needed".formatted(shards));
        }
    }

    private static void check(String name, String text) {
        int length = Objects.requireNonNull(text, name).getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new IllegalArgumentException(
                    "RunIdentity: %s has %s bytes; at most %s are allowed, give a hash"
                            .formatted(name, length, LONGEST));
        }
    }
}
