package io.github.lanewise.nn.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * Reads a file part by part through one buffer, outside the heap if it is large. That is as fast as
 * mapping the file, and a file that shrinks or vanishes meanwhile is an error rather than a fault
 * of the JVM.
 */
final class FileStream implements Closeable {

    /** Large beside the cost of a call; of 16 kB to 4 MB, the smallest of the fastest. */
    static final int PART_BYTES = 1024 * 1024;

    /** To close a shared arena stops all threads for a moment: too much for a small file. */
    private static final int ON_HEAP_BYTES = 64 * 1024;

    private final String source;
    private final FileChannel channel;
    private final long size;
    private Arena arena;
    private ByteBuffer part;

    /** Takes an open file, which {@link #close} closes. */
    FileStream(String source, FileChannel channel) throws IOException {
        this.source = source;
        this.channel = channel;
        this.size = channel.size();
    }

    /** A file that is refused needs none; memory outside the heap has to be given back. */
    private ByteBuffer allocated() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        int bytes = (int) Math.min(PART_BYTES, Math.max(8, size));
        if (bytes <= ON_HEAP_BYTES) {
            return ByteBuffer.allocate(bytes);
        }
        arena = Arena.ofShared();
        return arena.allocate(bytes).asByteBuffer();
    }

    /** Returns how long the file was when it was opened. */
    long size() {
        return size;
    }

    /** Reads some bytes into a new array. */
    ByteBuffer read(long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        InputFile.readFully(source, channel, from, bytes);
        return bytes.flip();
    }

    /** Hands out a range of the file, part by part; each but the last is a multiple of 8 bytes. */
    synchronized void stream(long from, long count, ByteOrder order, TensorFile.Sink sink)
            throws IOException {
        part = part == null ? allocated() : part;
        int capacity = part.capacity() & -8;
        for (long at = 0; at < count; at += capacity) {
            part.clear().limit((int) Math.min(capacity, count - at));
            InputFile.readFully(source, channel, from + at, part);
            sink.accept(part.flip().order(order), at);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        part = null;
        if (arena != null) {
            arena.close();
            arena = null;
        }
        channel.close();
    }
}
