package io.github.lanewise.examples.fuzz;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reader of files: each input is written into one. Broken ones are refused by IOException. */
final class FileTarget implements FuzzTarget {

    /** Reads a file, and checks what came of it. */
    interface FileReader {
        void read(Path file) throws Exception;
    }

    /** Writes a sound file. */
    interface FileWriter {
        void write(Path file) throws Exception;
    }

    private final String name;
    private final Path folder;
    private final Path input;
    private final FileReader reader;
    private final List<FileWriter> writers;
    private long freeBytes;

    FileTarget(String name, Path folder, FileReader reader, FileWriter... writers) {
        this.name = name;
        this.folder = folder;
        this.input = folder.resolve("input");
        this.reader = reader;
        this.writers = List.of(writers);
        this.freeBytes = FuzzTarget.super.freeBytes();
    }

    /** Sets what the reader may allocate whatever the size of the file. */
    FileTarget mayTake(long bytes) {
        freeBytes = bytes;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (FileWriter writer : writers) {
            Path file = folder.resolve("seed");
            writer.write(file);
            seeds.add(Files.readAllBytes(file));
        }
        return seeds;
    }

    @Override
    public void read(byte[] bytes) throws Exception {
        Files.write(input, bytes);
        reader.read(input);
        if (!Arrays.equals(bytes, Files.readAllBytes(input))) {
            throw new AssertionError("reading changed the file");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (file.getFileName().toString().startsWith(".lanewise")) {
                    throw new AssertionError("a half-written file: " + file);
                }
            }
        }
    }

    @Override
    public long freeBytes() {
        return freeBytes;
    }

    @Override
    public boolean isDocumented(Exception e) {
        return e instanceof IOException;
    }
}
