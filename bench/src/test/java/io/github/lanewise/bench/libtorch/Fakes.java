package io.github.lanewise.bench.libtorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders that look like those of PyTorch, and compilers that only look like ones. */
final class Fakes {

    private Fakes() {}

    /** Makes the files of a libtorch, and its CMake file unless the text for that is null. */
    static Path libtorch(Path folder, String cmake) throws IOException {
        write(folder.resolve("include/torch/csrc/api/include/torch/torch.h"), "");
        write(folder.resolve("lib/libtorch_cpu.so"), "");
        write(folder.resolve("lib/libc10.so"), "");
        if (cmake != null) {
            write(folder.resolve("share/cmake/Torch/TorchConfig.cmake"), cmake);
        }
        return folder;
    }

    /**
     * Writes the command of a compiler that runs a script; its arguments are those of a compiler.
     */
    static List<String> compiler(Path folder, String script) throws IOException {
        Path file = folder.resolve("compiler.sh");
        write(file, script);
        return List.of("/bin/sh", file.toString());
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
