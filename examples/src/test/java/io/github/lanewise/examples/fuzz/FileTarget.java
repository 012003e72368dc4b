package io.github.lanewise.examples.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
    private final FileReader reader;
    private final List<FileWriter> writers;
    private long freeBytes;

    FileTarget(String name, Path folder, FileReader reader, FileWriter... writers) {
        this.name = name;
        this.folder = folder;
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
    public void read(byte[] input) throws Exception {
        Path file = folder.resolve("input");
        Files.write(file, input);
        reader.read(file);
        if (!Arrays.equals(input, Files.readAllBytes(file))) {
            throw new AssertionError("reading changed the file");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> others =
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> f.startsWith(".lanewise"))
                            .toList();
            if (!others.isEmpty()) {
                throw new AssertionError("half-written files: " + others);
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
