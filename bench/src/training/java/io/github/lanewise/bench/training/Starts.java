package io.github.lanewise.bench.training;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.training.worker.MnistImages;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Which fresh processes are started and timed: the options, and what follows from them. */
final class Starts {

    @Option(
            names = "--data",
            description = "Folder with MNIST, for the epochs; by default LANEWISE_DATA")
    private Path data;

    @Option(
            names = "--starts",
            defaultValue = "5",
            description = "Fresh processes for the times to the first step and epoch; 0 for none")
    private int number;

    @Option(
            names = "--first-steps",
            split = ",",
            defaultValue = "M1",
            description = "Models whose first step is timed from the start of the process")
    private List<Workload> firstSteps;

    @Option(
            names = "--epochs",
            split = ",",
            defaultValue = "M1",
            description =
                    "Models whose first epoch of MNIST is timed from the start of the process;"
                            + " M1, M4, M6 and M7 are MLP, CNN, LSTM and transformer")
    private List<Workload> epochs;

    /** Refuses models that cannot take digits. */
    void check(CommandLine line) {
        for (Workload workload : epochs) {
            if (workload.features() != MnistImages.FEATURES) {
                throw new ParameterException(
                        line,
                        "--epochs: %s takes %d numbers, an image of MNIST has %d; name M1, M2, M3, M4, M6 or M7"
                                .formatted(workload, workload.features(), MnistImages.FEATURES));
            }
        }
    }

    /** Unpacks MNIST for the epochs; returns null if there are none. */
    Path mnist(Path scratch, Notes notes) throws IOException {
        if (number == 0) {
            return null;
        }
        String variable = System.getenv("LANEWISE_DATA");
        Path folder = data == null && variable != null ? Path.of(variable) : data;
        if (folder == null) {
            notes.progress("no --data: no epochs of MNIST, and no memory");
            return null;
        }
        return UnpackedMnist.unpack(folder, scratch.resolve("mnist"));
    }

    /** Starts and times; without a folder of MNIST, no epochs. */
    List<Series> run(List<Contender> contenders, Path mnist, int threads, Path logs, Notes notes)
            throws IOException {
        if (number == 0) {
            return List.of();
        }
        Footprint footprint = new Footprint(contenders, number, logs, notes);
        footprint.firstSteps(firstSteps, threads);
        if (mnist != null) {
            footprint.epochs(epochs, mnist, threads);
        }
        return footprint.sizes(threads);
    }
}
