package io.github.lanewise.bench.collective;

import io.github.lanewise.bench.report.BuildFolder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Open MPI's reduction, by a program in C that is compiled for it. */
final class OpenMpi {

    private OpenMpi() {}

    /** Compiles the program, and returns what runs it on two processes. */
    static Contender contender(Path bin, Path source, List<String> arguments)
            throws IOException, InterruptedException {
        Path program = BuildFolder.path().resolve("mpi_all_reduce");
        List<String> compile =
                List.of(
                        bin.resolve("mpicc").toString(),
                        "-O3",
                        source.toString(),
                        "-o",
                        program.toString());
        int code = new ProcessBuilder(compile).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalArgumentException(
                    "--mpi: mpicc in %s ended with exit code %d".formatted(bin, code));
        }
        List<String> run = new ArrayList<>();
        run.add(bin.resolve("mpirun").toString());
        run.addAll(List.of("--allow-run-as-root", "--oversubscribe", "-n", "2"));
        run.add(program.toString());
        run.addAll(arguments);
        return Contender.program("Open MPI", run);
    }
}
