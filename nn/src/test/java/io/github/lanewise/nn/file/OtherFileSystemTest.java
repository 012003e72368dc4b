package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files inside a zip file, which has a file system of its own. */
class OtherFileSystemTest {

    private static final TensorData TENSOR =
            TensorData.of(TensorInfo.of("a", DType.F32, 3), new float[] {1, 2, 3});

    @TempDir private Path folder;

    private FileSystem system;

    @BeforeEach
    void open() throws IOException {
        system = FileSystems.newFileSystem(folder.resolve("all.zip"), Map.of("create", "true"));
    }

    @AfterEach
    void close() throws IOException {
        system.close();
    }

    private Path inside(String name) throws IOException {
        return Files.copy(folder.resolve(name), system.getPath(name));
    }

    @Test
    void safetensorsAndNpyAreRead() throws IOException {
        Safetensors.write(folder.resolve("a.safetensors"), Map.of(), List.of(TENSOR));
        Npy.write(folder.resolve("a.npy"), TENSOR);
        for (String name : List.of("a.safetensors", "a.npy")) {
            try (TensorFile file = TensorFile.open(inside(name))) {
                assertArrayEquals(new float[] {1, 2, 3}, file.readFloats("a"));
            }
        }
    }

    @Test
    void zipFilesAreRefusedInALine() throws IOException {
        Npz.write(folder.resolve("a.npz"), List.of(TENSOR));
        Path file = inside("a.npz");
        IOException e = assertThrows(IOException.class, () -> TensorFile.open(file));
        assertTrue(e.getMessage().startsWith("open: a.npz is in a file system"), e::getMessage);
        assertThrows(IOException.class, () -> Npz.open(file));
    }

    @Test
    void whatCannotBeMappedIsRefusedInALine() throws IOException {
        Npy.write(folder.resolve("a.npy"), TENSOR);
        Path file = inside("a.npy");
        IOException e = assertThrows(IOException.class, () -> MappedArray.npy(file));
        assertTrue(e.getMessage().startsWith("mapped: a.npy is in a file system"), e::getMessage);
    }
}
