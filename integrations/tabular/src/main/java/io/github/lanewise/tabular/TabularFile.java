package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link TabularModel} as a safetensors file: the weights of its networks as arrays, all else as
 * JSON in the metadata. The file is data and names no code: what the networks are made of follows
 * from their preprocessing and the recipe.
 */
final class TabularFile {

    /** The metadata of the whole model; its presence makes a file one. */
    static final String KEY = "lanewise.tabular";

    private static final String MEMBER = KEY + ".member.";
    private static final int FORMAT = 1;

    /** More networks than anybody takes the mean of. */
    private static final int MOST_MEMBERS = 1000;

    private TabularFile() {}

    static void write(TabularModel model, Path path) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<TensorData> tensors = new ArrayList<>();
        Json json =
                Json.object()
                        .with("format", FORMAT)
                        .with("members", model.members().size())
                        .with("schema", ModelJson.of(model.schema()))
                        .with("threshold", model.threshold())
                        .with("card", CardJson.of(model.card()))
                        .with("example", model.example());
        metadata.put(KEY, json.toString());
        metadata.put("format", "pt");
        for (int m = 0; m < model.members().size(); m++) {
            Member member = model.members().get(m);
            Json told =
                    Json.object()
                            .with("target", ModelJson.of(member.target()))
                            .with("preprocessing", ModelJson.of(member.preprocessing()))
                            .with("temperature", member.temperature());
            metadata.put(MEMBER + m, told.toString());
            String prefix = prefix(m);
            member.network()
                    .parameters()
                    .forEach((name, parameter) -> tensors.add(tensor(prefix + name, parameter)));
        }
        Safetensors.write(path, metadata, tensors);
    }

    private static String prefix(int member) {
        return "member" + member + ".";
    }

    private static TensorData tensor(String name, Param parameter) {
        Matrix value = parameter.value();
        TensorInfo info = TensorInfo.of(name, DType.F32, value.rows(), value.cols());
        return TensorData.of(
                info,
                () -> {
                    float[] dense = new float[value.size()];
                    for (int i = 0; i < value.rows(); i++) {
                        int from = value.offset() + i * value.ld();
                        System.arraycopy(value.data(), from, dense, i * value.cols(), value.cols());
                    }
                    return dense;
                });
    }

    static TabularModel read(Path path) throws IOException {
        try (TensorFile file = Safetensors.open(path)) {
            file.verify();
            Json json = metadata(file, path, KEY);
            if (json.get("format").asInt() != FORMAT) {
                throw json.get("format").expected(FORMAT + ", all that this version knows");
            }
            int count = json.get("members").asInt();
            if (count < 1 || count > MOST_MEMBERS) {
                throw json.get("members").expected("1 to " + MOST_MEMBERS);
            }
            ModelCard card = CardJson.card(json.get("card"));
            List<Member> members = new ArrayList<>();
            for (int m = 0; m < count; m++) {
                members.add(member(file, path, m, card));
                requireAlike(members.getFirst(), members.get(m), path);
            }
            double threshold = json.get("threshold").asDouble();
            if (!(threshold >= 0 && threshold <= 1)) {
                throw json.get("threshold").expected("a probability");
            }
            Schema schema = ModelJson.schema(json.get("schema"));
            return new TabularModel(schema, members, card, threshold, false);
        }
    }

    private static void requireAlike(Member first, Member other, Path path) throws FormatException {
        if (!first.preprocessing().columns().equals(other.preprocessing().columns())
                || first.target().task() != other.target().task()
                || !first.target().classes().equals(other.target().classes())) {
            throw new FormatException(
                    Message.of(
                            "tabular: %s: its networks differ in columns or classes; expected the"
                                    + " same",
                            path));
        }
    }

    private static Json metadata(TensorFile file, Path path, String key) throws FormatException {
        String text = file.metadata().get(key);
        if (text == null) {
            throw new FormatException(
                    Message.of(
                            "tabular: %s: no metadata '%s', found %s; expected a model that train"
                                    + " wrote",
                            path, key, file.metadata().keySet()));
        }
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), path + ": " + key);
    }

    private static Member member(TensorFile file, Path path, int m, ModelCard card)
            throws IOException {
        Json json = metadata(file, path, MEMBER + m);
        Target target = ModelJson.target(json.get("target"));
        Preprocessing preprocessing = ModelJson.preprocessing(json.get("preprocessing"));
        double temperature = json.get("temperature").asDouble();
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw json.get("temperature").expected("a number above 0");
        }
        String prefix = prefix(m);
        double stored = 0;
        for (TensorInfo info : file.tensors().values()) {
            stored += info.name().startsWith(prefix) ? info.elements() : 0;
        }
        double needed = RealMlp.leastSize(preprocessing, target, card.recipe());
        if (needed > stored) {
            throw new FormatException(
                    Message.of(
                            "tabular: %s: the arrays of %s hold %.0f numbers; expected %.0f or more"
                                    + " for its recipe and columns",
                            path, prefix, stored, needed));
        }
        RealMlp network = new RealMlp(preprocessing, target, card.recipe(), 0);
        for (Map.Entry<String, Param> entry : network.model().parameters().entrySet()) {
            read(file, path, prefix + entry.getKey(), entry.getValue().value());
        }
        return new Member(preprocessing, target, network.model(), temperature);
    }

    private static void read(TensorFile file, Path path, String name, Matrix into)
            throws IOException {
        TensorInfo info = file.tensors().get(name);
        List<Long> shape = List.of((long) into.rows(), (long) into.cols());
        if (info == null || info.dtype() != DType.F32 || !info.shape().equals(shape)) {
            throw new FormatException(
                    Message.of(
                            "tabular: %s: expected the array %s F32 %s, found %s",
                            path, name, shape, info == null ? "none" : info));
        }
        file.readFloats(name, into.data(), into.offset());
    }
}
