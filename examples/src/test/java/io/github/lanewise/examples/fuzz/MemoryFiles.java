package io.github.lanewise.examples.fuzz;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files in memory: readers take paths, and of a disk's files a run would mostly wait for the disk.
 * They have no owners, links or attributes that can be set.
 */
final class MemoryFiles extends FileSystemProvider {

    private final MemoryFileSystem system = new MemoryFileSystem(this);
    private final Map<Path, MemoryFile> all = new ConcurrentHashMap<>();

    private MemoryFiles() {}

    /** Returns an empty folder that shares nothing with others. */
    static Path folder() {
        MemoryFiles files = new MemoryFiles();
        Path name = Path.of("").toAbsolutePath().getRoot().resolve("memory");
        files.all.put(name, new MemoryFile(true));
        return new MemoryPath(files, name);
    }

    FileSystem system() {
        return system;
    }

    /** Returns the file or folder of a name, or null. */
    private MemoryFile find(Path path) {
        MemoryFile file = all.get(((MemoryPath) path).name());
        return file == null ? all.get(place(path)) : file;
    }

    /** Returns the file or folder of a name. */
    MemoryFile existing(Path path) throws NoSuchFileException {
        MemoryFile file = find(path);
        if (file == null) {
            throw new NoSuchFileException(path.toString());
        }
        return file;
    }

    private static Path place(Path path) {
        return ((MemoryPath) path).name().toAbsolutePath().normalize();
    }

    @Override
    public FileChannel newFileChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean writes = options.contains(StandardOpenOption.WRITE);
        boolean makesNew = options.contains(StandardOpenOption.CREATE_NEW);
        MemoryFile file = find(path);
        if (file != null && makesNew) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (file == null) {
            if (!makesNew && !options.contains(StandardOpenOption.CREATE)) {
                throw new NoSuchFileException(path.toString());
            }
            existing(path.toAbsolutePath().getParent());
            file = new MemoryFile(false);
            all.put(place(path), file);
        }
        if (writes && file.isDirectory()) {
            throw new IOException(path + " is a folder");
        }
        if (writes && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            file.truncate(0);
        }
        return new MemoryChannel(
                file, !writes || options.contains(StandardOpenOption.READ), writes);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        existing(folder);
        Path place = place(folder);
        List<Path> inside = new ArrayList<>();
        for (Path name : all.keySet()) {
            if (name.getNameCount() == place.getNameCount() + 1 && name.startsWith(place)) {
                Path path = new MemoryPath(this, name);
                if (filter.accept(path)) {
                    inside.add(path);
                }
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return inside.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        existing(folder.toAbsolutePath().getParent());
        if (all.putIfAbsent(place(folder), new MemoryFile(true)) != null) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        existing(path);
        all.remove(place(path));
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        all.put(place(to), existing(from));
        all.remove(place(from));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw new UnsupportedOperationException("copy");
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return place(path).equals(place(other));
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("getFileStore");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        existing(path);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException(type.getName());
        }
        return type.cast(existing(path));
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributesIfExists(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        return exists(path) ? readAttributes(path, type, options) : null;
    }

    @Override
    public boolean exists(Path path, LinkOption... options) {
        return find(path) != null;
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
        throw new UnsupportedOperationException("attributes by names");
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attributes that can be set");
    }

    @Override
    public String getScheme() {
        return "memory";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> options) {
        throw new UnsupportedOperationException("newFileSystem");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("getPath");
    }
}
