package io.github.lanewise.bench.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class WorkerBuildTest {

    /** Writes its arguments into the program that it is asked for. */
    private static final String WRITES_ARGUMENTS =
            """
            all="$*"
            while [ "$1" != -o ]; do shift; done
            echo "$all" >"$2"
            """;

    @TempDir private Path folder;

    private final List<String> progress = new ArrayList<>();
    private Path header;

    @BeforeEach
    void makeSources() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the fake compiler needs /bin/sh");
        header = folder.resolve("cpp/net.h");
        Fakes.write(folder.resolve("cpp/training_worker.cpp"), "");
        Fakes.write(header, "");
    }

    @Test
    void flagsOfLibtorchReachTheCompiler() throws IOException {
        String cmake = "set(TORCH_CXX_FLAGS \"-D_GLIBCXX_USE_CXX11_ABI=0\")\nCXX_STANDARD 17\n";
        Path program = build(WRITES_ARGUMENTS).compile(libtorch(cmake));
        String arguments = Files.readString(program);
        assertTrue(arguments.contains(" -D_GLIBCXX_USE_CXX11_ABI=0 "), arguments);
        assertTrue(arguments.contains("/cpp/training_worker.cpp -o "), arguments);
        assertTrue(arguments.contains(" -std=c++17 "), arguments);
        assertTrue(arguments.contains(" -ltorch_cpu -lc10 "), arguments);
    }

    @Test
    void nothingChangedNothingCompiled() throws IOException {
        compile();
        compile();
        assertEquals(1, progress.size());
    }

    @Test
    void changedHeaderIsCompiled() throws IOException {
        compile();
        Files.setLastModifiedTime(header, FileTime.from(Instant.now().plusSeconds(60)));
        compile();
        assertEquals(2, progress.size());
    }

    @Test
    void anotherVersionInTheSamePlaceIsCompiledFor() throws IOException {
        compile();
        Fakes.write(folder.resolve("torch/lib/libtorch_cpu.so"), "another");
        build(WRITES_ARGUMENTS).compile(Libtorch.in(folder.resolve("torch")));
        assertEquals(2, progress.size());
    }

    @Test
    void failedCompilationIsTriedAgain() throws IOException {
        String fails =
                "echo 'In file included from net.h'; echo 'net.h:1: error: no such thing'; exit 3";
        Libtorch libtorch = libtorch(null);
        for (int i = 0; i < 2; i++) {
            Exception thrown =
                    assertThrows(IOException.class, () -> build(fails).compile(libtorch));
            assertEquals(
                    ("--libtorch: the C++ compiler ended with 3, expected 0; what it printed is in"
                         + " %s and says: net.h:1: error: no such thing; a newer compiler may know"
                         + " the standard (variable CXX)")
                            .formatted(folder.resolve("target/compiler.log")),
                    thrown.getMessage());
        }
        assertEquals(2, progress.size());
    }

    @Test
    void missingCompilerIsNamed() throws IOException {
        Libtorch libtorch = libtorch(null);
        WorkerBuild build = build(List.of("no-such-compiler", "-m64"));
        String message =
                assertThrows(IOException.class, () -> build.compile(libtorch)).getMessage();
        assertTrue(
                message.startsWith(
                        "--libtorch: cannot start the C++ compiler 'no-such-compiler -m64': "),
                message);
        assertTrue(
                message.endsWith(
                        "; install one (Debian: apt install g++), or name yours in the variable"
                                + " CXX"),
                message);
    }

    private void compile() throws IOException {
        build(WRITES_ARGUMENTS).compile(libtorch(null));
    }

    private Libtorch libtorch(String cmake) throws IOException {
        Path made = folder.resolve("torch");
        return Libtorch.in(Files.exists(made) ? made : Fakes.libtorch(made, cmake));
    }

    private WorkerBuild build(String script) throws IOException {
        return build(Fakes.compiler(folder, script));
    }

    private WorkerBuild build(List<String> compiler) {
        return new WorkerBuild(
                compiler, folder.resolve("cpp"), folder.resolve("target"), progress::add);
    }
}
