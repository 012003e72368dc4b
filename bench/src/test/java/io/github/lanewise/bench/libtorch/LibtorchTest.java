package io.github.lanewise.bench.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LibtorchTest {

    @TempDir private Path folder;

    @Test
    void standardAndFlagsAreThoseOfItsCMakeFile() throws IOException {
        String cmake =
                """
                set(TORCH_CXX_FLAGS "-D_GLIBCXX_USE_CXX11_ABI=0 -fsome")
                set_target_properties(torch PROPERTIES
                    CXX_STANDARD 17
                )
                """;
        Libtorch libtorch = Libtorch.in(Fakes.libtorch(folder, cmake));
        assertEquals(17, libtorch.standard());
        assertEquals(List.of("-D_GLIBCXX_USE_CXX11_ABI=0", "-fsome"), libtorch.flags());
        assertTrue(libtorch.compilerFlags().contains("-std=c++17"));
    }

    @Test
    void cMakeFileOfCurrentVersionsHasNoFlags() throws IOException {
        String cmake = "if(TORCH_CXX_FLAGS)\n  set_property(x \"${TORCH_CXX_FLAGS}\")\nendif()\n";
        Libtorch libtorch = Libtorch.in(Fakes.libtorch(folder, cmake));
        assertEquals(20, libtorch.standard());
        assertEquals(List.of(), libtorch.flags());
    }

    @Test
    void emptyFlagsAreNone() throws IOException {
        String cmake = "set(TORCH_CXX_FLAGS \"\")";
        assertEquals(List.of(), Libtorch.in(Fakes.libtorch(folder, cmake)).flags());
    }

    @Test
    void cMakeFileMayBeMissing() throws IOException {
        Libtorch libtorch = Libtorch.in(Fakes.libtorch(folder, null));
        assertEquals(20, libtorch.standard());
        assertEquals(List.of(), libtorch.flags());
    }

    /** So that the program finds its libraries wherever it is started. */
    @Test
    void relativeFolderBecomesAbsolute() throws IOException {
        Fakes.libtorch(folder, null);
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
        Libtorch libtorch = Libtorch.in(relative);
        assertEquals(folder.toAbsolutePath(), libtorch.folder());
        assertTrue(libtorch.compilerFlags().contains("-Wl,-rpath," + folder.resolve("lib")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include/torch/csrc/api/include/torch/torch.h",
                "lib/libtorch_cpu.so",
                "lib/libc10.so"
            })
    void missingFileIsNamed(String file) throws IOException {
        Fakes.libtorch(folder, null);
        Files.delete(folder.resolve(file));
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> Libtorch.in(folder));
        assertEquals(
                ("--libtorch: %s has no %s; name an unzipped libtorch for Linux, or what this"
                                + " prints: python -c 'import torch; print(torch.__path__[0])'")
                        .formatted(folder, file),
                thrown.getMessage());
    }
}
