package io.github.lanewise.bench.training;

import io.github.lanewise.bench.libtorch.Libtorch;
import io.github.lanewise.bench.libtorch.WorkerBuild;
import io.github.lanewise.bench.report.BuildFolder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** All contenders by name, and how their workers are started. */
final class Contenders {

    private static final List<String> TORCH_MODES =
            List.of("eager", "foreach", "fused", "channels-last", "compile", "script");
    private static final List<String> CPP_MODES = List.of("fused", "onednn", "script");
    private static final String WORKERS = "io.github.lanewise.bench.training.worker.";

    private final Path build = BuildFolder.path();
    private final Map<String, Contender> byName = new LinkedHashMap<>();

    /** Lists ours, and the stacks that come from Maven's repository. */
    Contenders(OurLaunch ours) throws IOException {
        add(Contender.OURS, ours::command);
        List<String> djl = java("djl.classpath");
        add("DJL", threads -> start(djl, "DjlWorker", threads, djlFlags(threads)));
        List<String> tensorFlow = java("tensorflow.classpath");
        add(
                "TensorFlow",
                threads -> start(tensorFlow, "TensorFlowWorker", threads, natives("tensorflow")));
        onnxRuntime("ONNXRuntime", false);
        onnxRuntime("ONNXRuntime-spin", true);
    }

    /** Adds ONNX Runtime, whose threads wait for work as they are told to. */
    private void onnxRuntime(String name, boolean spinning) throws IOException {
        List<String> java = java("onnxruntime.classpath");
        add(
                name,
                threads ->
                        start(java, "OnnxRuntimeWorker", threads, "-Dbench.spinning=" + spinning));
    }

    private void add(String name, IntFunction<List<String>> command) {
        byName.put(name, new Contender(name, command));
    }

    /** Adds PyTorch's modes in a Python that has PyTorch. */
    void python(Path python) {
        Path script = build.resolveSibling("src/training/python/training_worker.py");
        for (String mode : TORCH_MODES) {
            add(
                    "torch-" + mode,
                    threads ->
                            List.of(
                                    python.toString(),
                                    script.toString(),
                                    mode,
                                    Integer.toString(threads)));
        }
    }

    /** Adds PyTorch's modes in C++, by a worker that is compiled if need be. */
    void libtorch(Libtorch libtorch, Notes notes) throws IOException {
        Path sources = build.resolveSibling("src/training/cpp");
        Path target = build.resolve("training").resolve("cpp");
        List<String> compiler = WorkerBuild.systemCompiler();
        Path worker = new WorkerBuild(compiler, sources, target, notes::progress).compile(libtorch);
        cpp("torch-cpp", worker, "eager");
        CPP_MODES.forEach(mode -> cpp("torch-cpp-" + mode, worker, mode));
    }

    private void cpp(String name, Path worker, String mode) {
        add(name, threads -> List.of(worker.toString(), mode, Integer.toString(threads)));
    }

    /** Adds any other program that speaks the protocol, written NAME=COMMAND. */
    void worker(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "--worker: is '%s'; it must be NAME=COMMAND".formatted(text));
        }
        List<String> words = List.of(text.substring(equals + 1).strip().split(" +"));
        add(
                text.substring(0, equals),
                threads -> {
                    List<String> command = new ArrayList<>(words);
                    command.add(Integer.toString(threads));
                    return command;
                });
    }

    /** Returns ours and the chosen others, or all if the choice is null. */
    List<Contender> chosen(List<String> names) {
        if (names != null && !byName.keySet().containsAll(names)) {
            throw new IllegalArgumentException(
                    "--rivals: %s; each must be one of %s; torch-... need --python, torch-cpp... --libtorch"
                            .formatted(names, byName.keySet()));
        }
        return byName.values().stream()
                .filter(one -> one.isOurs() || names == null || names.contains(one.name()))
                .toList();
    }

    private List<String> java(String classPathFile) throws IOException {
        String libraries = Files.readString(build.resolve(classPathFile)).strip();
        return List.of(
                OurLaunch.JAVA,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-classpath",
                build.resolve("classes") + File.pathSeparator + libraries);
    }

    /** Completes a command with flags before and the worker after what it has. */
    private static List<String> start(
            List<String> java, String worker, int threads, String... flags) {
        List<String> command = new ArrayList<>(java);
        command.addAll(1, Arrays.asList(flags));
        command.add(WORKERS + worker);
        command.add(Integer.toString(threads));
        return command;
    }

    private String[] djlFlags(int threads) {
        return new String[] {
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=" + threads,
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-DENGINE_CACHE_DIR=" + folder("djl"),
            "-DDJL_CACHE_DIR=" + folder("djl"),
            "-Dbench.files=" + folder("djl")
        };
    }

    private String[] natives(String library) {
        return new String[] {
            "-Dorg.bytedeco.javacpp.cachedir=" + folder(library), "-Dbench.files=" + folder(library)
        };
    }

    private Path folder(String library) {
        return build.resolve("natives").resolve(library);
    }
}
