package io.github.lanewise.nn.distributed;

import java.util.Objects;

/** What every collective checks before it begins. */
final class Calls {

    private Calls() {}

    static void checkShards(int size, int shards) {
        if (size < 1 || shards < 1 || shards % size != 0) {
            throw new IllegalArgumentException(
                    "collective: %s shards cannot be dealt to %s workers; the number of workers must divide that of shards"
                            .formatted(shards, size));
        }
    }

    static void check(Collective collective, float[][] shards, int from, int to, float[] into) {
        if (shards.length != collective.ownShards()) {
            throw new IllegalArgumentException(
                    "start: %s shards given; rank %s of %s has %s of %s"
                            .formatted(
                                    shards.length,
                                    collective.rank(),
                                    collective.size(),
                                    collective.ownShards(),
                                    collective.shards()));
        }
        for (float[] shard : shards) {
            Objects.checkFromToIndex(from, to, shard.length);
        }
        Objects.checkFromToIndex(from, to, into.length);
    }

    static void checkMessage(byte[] message) {
        if (message.length > Collective.LONGEST_MESSAGE) {
            throw new IllegalArgumentException(
                    "gather: the message has %s bytes; at most %s are allowed"
                            .formatted(message.length, Collective.LONGEST_MESSAGE));
        }
    }

    static IllegalStateException interrupted(long step) {
        return new IllegalStateException(
                "collective: the thread was interrupted while it waited at step %s"
                        .formatted(step));
    }
}
