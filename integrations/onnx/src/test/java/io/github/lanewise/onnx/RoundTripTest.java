package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.conv.ReflectionPad3d;
import io.github.lanewise.nn.conv.ReplicationPad3d;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.onnx.export.OnnxExport;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What is exported is imported again. */
final class RoundTripTest {

    private static final int BATCH = 3;

    /** Axes of volumes, of which import takes no windows. */
    private static final int VOLUME = 4;

    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

    /** Place of the first state among a recurrent node's inputs. */
    private static final int STATE = 5;

    private static final Set<String> WINDOWS =
            Set.of("Conv", "ConvTranspose", "MaxPool", "AveragePool");

    private static final double TOLERANCE = 5e-6;

    @TempDir private Path folder;

    static List<ExportCase> cases() {
        return ExportCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void exportedModelIsImportedAgain(ExportCase one) throws IOException {
        Path file = folder.resolve("model.onnx");
        new OnnxExport(one.model()).inputShape(one.input()).write(file);
        String refused = refused(one, OnnxFile.read(file).graph());
        if (refused != null) {
            FormatException e = assertThrows(FormatException.class, () -> OnnxImport.load(file));
            assertTrue(e.getMessage().contains(refused), e.getMessage());
            return;
        }
        Model imported = OnnxImport.load(file);
        Matrix samples = one.samples(BATCH);
        Matrix expected = outputs(one.model(), one.input(), samples);
        Matrix found = outputs(imported, imported.inputShape(), samples);
        assertEquals(expected.shape(), found.shape());
        for (int i = 0; i < expected.size(); i++) {
            float ours = expected.at(i / expected.cols(), i % expected.cols());
            float theirs = found.at(i / expected.cols(), i % expected.cols());
            assertEquals(ours, theirs, TOLERANCE * Math.max(1, Math.abs(ours)), "output " + i);
        }
    }

    /** Returns what import says of a case that it does not take, or null. */
    private static String refused(ExportCase one, OnnxGraph graph) {
        if (one.model() instanceof PeriodicEmbedding) {
            // It takes whole turns away, and no layer here rounds.
            return "Round";
        }
        for (OnnxNode node : graph.nodes()) {
            if (RECURRENT.contains(node.operator()) && node.inputs().size() > STATE) {
                return "a first state that is not 0";
            }
            if (node.operator().equals("LSTM") && node.outputs().size() > 2) {
                return "its output 2";
            }
            if (node.operator().equals("MaxPool") && node.outputs().size() > 1) {
                return "its output 1";
            }
        }
        boolean copies =
                one.model() instanceof ReflectionPad3d || one.model() instanceof ReplicationPad3d;
        boolean windows = graph.nodes().stream().anyMatch(n -> WINDOWS.contains(n.operator()));
        return one.input().rank() == VOLUME && (copies || windows)
                ? "batch x channels x height x width is imported"
                : null;
    }

    private static Matrix outputs(Layer model, Shape input, Matrix samples) {
        return model.bind(input, Workspace.inference(BATCH)).forward(samples);
    }
}
