package io.github.lanewise.examples;

import io.github.lanewise.nn.train.TrainerCallback;
import io.github.lanewise.tensorboard.SummaryWriter;
import io.github.lanewise.tensorboard.TensorBoard;

import picocli.CommandLine.Option;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

/** The option of a training that TensorBoard can show. */
final class TensorBoardOption {

    // Beside the measures of what training does not see, since pictures are drawn of that.
    private static final String RUN_OF_PICTURES = "validation";

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "write event files for TensorBoard into this folder, one for each run")
    private Path folder;

    /**
     * Checks that files can be written into the folder.
     *
     * @throws BadInput if not
     */
    void check() {
        if (folder != null) {
            new OutputFolder("--tensorboard", folder, "events");
        }
    }

    /** Returns what writes the files of a run with these hyperparameters; nothing unless asked. */
    List<TrainerCallback> callback(Map<String, ?> hparams) {
        return folder == null ? List.of() : List.of(TensorBoard.at(folder).hparams(hparams));
    }

    /** Returns what writes the files of a training on a table; or null. */
    FitBoard fitBoard() {
        return folder == null ? null : new FitBoard(folder);
    }

    /** Adds those of the pictures that are there. */
    void addPictures(long epoch, Path from, String... names) throws IOException {
        if (folder == null) {
            return;
        }
        try (SummaryWriter writer = new SummaryWriter(folder.resolve(RUN_OF_PICTURES))) {
            for (String name : names) {
                Path file = from.resolve(name);
                BufferedImage picture = Files.exists(file) ? ImageIO.read(file.toFile()) : null;
                if (picture != null) {
                    writer.addImage(name.substring(0, name.indexOf('.')), picture, epoch);
                }
            }
        }
    }
}
