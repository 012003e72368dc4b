package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
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

/** What is exported is imported again. */
final class RoundTripTest {

    private static final int BATCH = 3;

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
            if (node.operator().equals("MaxPool") && node.outputs().size() > 1) {
                return "its output 1";
            }
        }
        return null;
    }

    private static Matrix outputs(Layer model, Shape input, Matrix samples) {
        return model.bind(input, Workspace.inference(BATCH)).forward(samples);
    }
}
