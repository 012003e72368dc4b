package io.github.lanewise.examples.fuzz;

import java.nio.ByteBuffer;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;

/** A file in memory, or a folder. */
final class MemoryFile implements BasicFileAttributes {

    private static final int LEAST = 512;

    private final boolean folder;
    private final FileTime made = FileTime.fromMillis(System.currentTimeMillis());
    private byte[] bytes = new byte[0];
    private int size;

    MemoryFile(boolean folder) {
        this.folder = folder;
    }

    /** Copies bytes from a place on; returns how many, or -1 at the end. */
    synchronized int read(long from, ByteBuffer into) {
        if (from >= size) {
            return -1;
        }
        int count = Math.min(into.remaining(), size - (int) from);
        into.put(bytes, (int) from, count);
        return count;
    }

    /** Writes bytes at a place, which may be beyond the end. */
    synchronized int write(long at, ByteBuffer from) {
        int count = from.remaining();
        int end = Math.toIntExact(at + count);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(LEAST, 2 * size)));
        }
        from.get(bytes, (int) at, count);
        size = Math.max(size, end);
        return count;
    }

    /** Cuts it; what comes after is zeros again. */
    synchronized void truncate(long length) {
        if (length < size) {
            Arrays.fill(bytes, (int) length, size, (byte) 0);
            size = (int) length;
        }
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public boolean isDirectory() {
        return folder;
    }

    @Override
    public boolean isRegularFile() {
        return !folder;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public FileTime lastModifiedTime() {
        return made;
    }

    @Override
    public FileTime lastAccessTime() {
        return made;
    }

    @Override
    public FileTime creationTime() {
        return made;
    }

    @Override
    public Object fileKey() {
        return null;
    }
}
