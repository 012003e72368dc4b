package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class TensorBoardOptionTest {

    @TempDir private Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int mnist(Path tensorBoard) {
        return run(
                "mnist",
                "--embedded",
                "--epochs",
                "1",
                "--hidden",
                "8",
                "--out",
                folder.resolve("out").toString(),
                "--tensorboard",
                tensorBoard.toString());
    }

    private List<String> eventFiles(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("events.out.tfevents."))
                    .toList();
        }
    }

    @Test
    void mnistWritesARunForTrainingAndOneForValidationAndPictures() throws IOException {
        Path board = folder.resolve("runs/first");
        assertEquals(0, mnist(board), err::toString);
        assertEquals(1, eventFiles(board).size());
        assertEquals(1, eventFiles(board.resolve("train")).size());
        // The measures, and the pictures.
        assertEquals(2, eventFiles(board.resolve("validation")).size());
    }

    @Test
    void trainWritesARunForEachNetwork() throws IOException {
        StringBuilder text = new StringBuilder("x,y,label\n");
        for (int i = 0; i < 80; i++) {
            text.append("%d,%d,%s\n".formatted(i % 7, i % 5, i % 2 == 0 ? "yes" : "no"));
        }
        Path csv = Files.writeString(folder.resolve("table.csv"), text);
        int code =
                run(
                        "train",
                        csv.toString(),
                        "--target",
                        "label",
                        "--epochs",
                        "2",
                        "--out",
                        folder.resolve("out").toString(),
                        "--tensorboard",
                        folder.resolve("runs").toString());
        assertEquals(0, code, err::toString);
        assertEquals(1, eventFiles(folder.resolve("runs/network-1")).size());
    }

    @Test
    void folderThatCannotBeMadeIsNamedBeforeTheWork() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(2, mnist(file));
        assertTrue(err.toString().startsWith("--tensorboard: is " + file), err::toString);
        assertTrue(Files.notExists(folder.resolve("out")));
    }
}
