package io.github.lanewise.examples;

import io.github.lanewise.examples.pictures.Fonts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Draws pictures into a folder, two at a time. They come after the work, whose result they must not
 * cost: what cannot be drawn is one warning, whatever was thrown.
 */
final class Pictures {

    private static final int THREADS = 2;

    private final Path folder;
    private final Map<Path, Drawing> drawings = new LinkedHashMap<>();

    /** Draws one picture into a file. */
    interface Drawing {
        void save(Path file) throws IOException;
    }

    /** Makes an empty collection. */
    Pictures(Path folder) {
        this.folder = folder;
    }

    /** Adds a picture to draw. */
    void add(String name, Drawing drawing) {
        drawings.put(folder.resolve(name), drawing);
    }

    /**
     * Draws all pictures.
     *
     * @param done is told of each that is finished
     * @param err receives the warning, if there is one
     * @throws IOException if a file cannot be written; the other pictures are drawn first
     */
    void draw(Consumer<Path> done, PrintWriter err) throws IOException {
        try {
            // On this thread, before the others: Java's fonts do not bear two first users at once.
            Fonts.check();
        } catch (Fonts.Missing e) {
            err.println(Complaint.line("Warning: no pictures: " + e.getMessage()));
            return;
        }
        IOException broken = null;
        Throwable undrawn = null;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Map<Path, Future<?>> running = new LinkedHashMap<>();
            drawings.forEach(
                    (file, drawing) ->
                            running.put(
                                    file,
                                    threads.submit(
                                            () -> {
                                                drawing.save(file);
                                                return file;
                                            })));
            for (Map.Entry<Path, Future<?>> picture : running.entrySet()) {
                try {
                    picture.getValue().get();
                    done.accept(picture.getKey());
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof IOException failure) {
                        broken = broken == null ? failure : broken;
                    } else {
                        undrawn = undrawn == null ? e.getCause() : undrawn;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while pictures were drawn");
        }
        if (undrawn != null) {
            err.println(Complaint.line("Warning: a picture could not be drawn: " + undrawn));
        }
        if (broken != null) {
            throw broken;
        }
    }
}
