package io.github.lanewise.examples.fuzz;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** The name of a {@link MemoryFile}: one of the system's own, which does the arithmetic. */
record MemoryPath(MemoryFiles files, Path name) implements Path {

    private Path of(Path other) {
        return other == null ? null : new MemoryPath(files, other);
    }

    private static Path nameOf(Path path) {
        return ((MemoryPath) path).name;
    }

    @Override
    public FileSystem getFileSystem() {
        return files.system();
    }

    @Override
    public boolean isAbsolute() {
        return name.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return of(name.getRoot());
    }

    @Override
    public Path getFileName() {
        return of(name.getFileName());
    }

    @Override
    public Path getParent() {
        return of(name.getParent());
    }

    @Override
    public int getNameCount() {
        return name.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return of(name.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return of(name.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return name.startsWith(nameOf(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return name.endsWith(nameOf(other));
    }

    @Override
    public Path normalize() {
        return of(name.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return of(name.resolve(nameOf(other)));
    }

    @Override
    public Path relativize(Path other) {
        return of(name.relativize(nameOf(other)));
    }

    @Override
    public URI toUri() {
        return URI.create("memory:" + name.toUri().getRawPath());
    }

    @Override
    public Path toAbsolutePath() {
        return name.isAbsolute() ? this : of(name.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        files.existing(this);
        return of(name.toAbsolutePath().normalize());
    }

    @Override
    public WatchKey register(
            WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("files in memory are not watched");
    }

    @Override
    public int compareTo(Path other) {
        return name.compareTo(nameOf(other));
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
