package io.github.lanewise.nn.distributed;

import io.github.lanewise.nn.file.Printable;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How a worker introduces itself to another.
 *
 * @param rank who it is
 * @param size how many workers it believes to be in the run
 * @param port where it listens for workers of higher rank; 0 on rank 0, which listens for all
 * @param run what it is about to train
 */
record Hello(int rank, int size, int port, RunIdentity run) {

    /** Three numbers, another and three texts with their lengths. */
    static final int LONGEST = 16 + 3 * (4 + RunIdentity.LONGEST);

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        buffer.putInt(rank).putInt(size).putInt(port).putInt(run.shards());
        put(buffer, run.run());
        put(buffer, run.model());
        put(buffer, run.data());
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static Hello decode(byte[] bytes) throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int rank = buffer.getInt();
            int size = buffer.getInt();
            int port = buffer.getInt();
            int shards = buffer.getInt();
            String run = get(buffer);
            String model = get(buffer);
            return new Hello(rank, size, port, new RunIdentity(run, shards, model, get(buffer)));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("its greeting cannot be read: " + e.getMessage());
        }
    }

    static void put(ByteBuffer buffer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(bytes.length).put(bytes);
    }

    static String get(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("a text of %s bytes".formatted(length));
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether it belongs to another run, and came to this port by mistake. */
    boolean isForeignTo(Hello mine) {
        return !run.run().equals(mine.run.run());
    }

    /** Says why this worker cannot train together with another; null if it can. */
    String complaint(Hello mine) {
        if (isForeignTo(mine)) {
            return differ("run id", run.run(), mine.run.run());
        }
        if (size != mine.size) {
            return differ("number of workers", size, mine.size);
        }
        if (rank < 0 || rank >= size) {
            return "its rank is %s, of %s workers".formatted(rank, size);
        }
        if (run.shards() != mine.run.shards()) {
            return differ("number of shards", run.shards(), mine.run.shards());
        }
        if (!run.model().equals(mine.run.model())) {
            return differ("model fingerprint", run.model(), mine.run.model());
        }
        if (!run.data().equals(mine.run.data())) {
            return differ("data fingerprint", run.data(), mine.run.data());
        }
        return null;
    }

    private static String differ(String what, Object theirs, Object mine) {
        return "its %s is \"%s\", expected \"%s\"; all workers must have the same"
                .formatted(what, Printable.of(theirs.toString()), mine);
    }
}
