package io.github.lanewise.bench.libtorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PyTorch's C++ libraries and headers in a folder of the user, and the compiler's flags for them.
 *
 * @param folder absolute; an unzipped libtorch, or the package torch of a Python
 * @param standard C++ standard that the headers need
 * @param flags further flags, such as those for another binary interface of strings
 */
public record Libtorch(Path folder, int standard, List<String> flags) {

    private static final String HEADERS = "include/torch/csrc/api/include";
    private static final List<String> NEEDED =
            List.of(HEADERS + "/torch/torch.h", "lib/libtorch_cpu.so", "lib/libc10.so");
    private static final String CONFIG = "share/cmake/Torch/TorchConfig.cmake";
    private static final Pattern STANDARD = Pattern.compile("CXX_STANDARD (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("set\\(TORCH_CXX_FLAGS \"([^\"]*)\"\\)");

    /** What the headers of current versions need. */
    private static final int USUAL_STANDARD = 20;

    /** Copies the flags. */
    public Libtorch {
        flags = List.copyOf(flags);
    }

    /**
     * Looks into a folder.
     *
     * @throws IllegalArgumentException if a header or library is missing
     */
    public static Libtorch in(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        for (String file : NEEDED) {
            if (!Files.isRegularFile(absolute.resolve(file))) {
                throw new IllegalArgumentException(
                        ("--libtorch: %s has no %s; name an unzipped libtorch for Linux, or what"
                                        + " this prints: python -c 'import torch;"
                                        + " print(torch.__path__[0])'")
                                .formatted(absolute, file));
            }
        }
        // What CMake would take from there.
        Path config = absolute.resolve(CONFIG);
        String text = Files.exists(config) ? Files.readString(config) : "";
        Matcher standard = STANDARD.matcher(text);
        Matcher flags = FLAGS.matcher(text);
        return new Libtorch(
                absolute,
                standard.find() ? Integer.parseInt(standard.group(1)) : USUAL_STANDARD,
                words(flags.find() ? flags.group(1) : ""));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    /** Returns all flags that compile and link a program; sources stand before them. */
    List<String> compilerFlags() {
        Path libraries = folder.resolve("lib");
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of("-std=c++" + standard, "-O3", "-DNDEBUG"));
        all.addAll(List.of("-isystem", folder.resolve("include").toString()));
        all.addAll(List.of("-isystem", folder.resolve(HEADERS).toString()));
        all.addAll(List.of("-L" + libraries, "-Wl,-rpath," + libraries));
        // These two alone: libtorch.so would only add the libraries of GPUs.
        all.addAll(List.of("-Wl,--no-as-needed", "-ltorch_cpu", "-lc10", "-pthread", "-ldl"));
        return all;
    }

    /** Returns text that changes when another version is put in the same place. */
    String fingerprint() throws IOException {
        Path library = folder.resolve("lib/libtorch_cpu.so");
        return Files.size(library) + " " + Files.getLastModifiedTime(library);
    }
}
