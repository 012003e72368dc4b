package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.engine.Matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The numbers that {@code torch_numbers.py} made, among the resources of the tests. */
public final class TorchNumbers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TorchNumbers() {}

    /** Returns the cases of a group. */
    public static Stream<GoldenCase> cases(String group) {
        try (InputStream in = TorchNumbers.class.getResourceAsStream("torch/" + group + ".json")) {
            JsonNode cases = JSON.readTree(in).get("cases");
            return StreamSupport.stream(cases.spliterator(), false).map(GoldenCase::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks outputs and all gradients of a layer whose parameters come after x, in their order; an
     * output and the gradients of the parameters have PyTorch's layout.
     */
    public static void check(GoldenCase golden, Layer layer) {
        String[] names = new String[layer.parameters().size()];
        int count = 0;
        for (String input : golden.inputNames()) {
            if (!input.equals("x") && !input.equals("dy")) {
                names[count++] = input;
            }
        }
        int i = 0;
        for (Param parameter : layer.parameters().values()) {
            assign(parameter, golden.input(names[i++]));
        }
        Matrix x = golden.batch("x");
        Pass pass = layer.bind(golden.sample("x"), Workspace.training(x.rows()));
        golden.check("y", values(pass.forward(x)));
        golden.check("dx", values(pass.backward(golden.batch("dy"))));
        i = 0;
        for (Param parameter : layer.parameters().values()) {
            golden.check("d" + names[i++], values(parameter.gradient()));
        }
        Pass inference = layer.bind(golden.sample("x"), Workspace.inference(x.rows()));
        golden.check("y", values(inference.forward(x)));
    }
}
