package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.norm.LayerNorm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A transformer that tells the next character from those before it, with the characters it knows.
 *
 * @param layers takes indices of characters, makes logits of the next
 * @param characters what it knows
 * @param context how many characters it sees
 */
record TextModel(Layer layers, Characters characters, int context) {

    private static final String CHARACTERS = "characters";
    private static final float EMBEDDING_DEVIATION = 0.02f;
    private static final int HIDDEN_PER_FEATURE = 4;

    /** Makes a model that has learnt nothing. */
    static TextModel of(Characters characters, TextSize size, long seed) {
        int width = size.width();
        Embedding embedding = new Embedding(characters.count(), width);
        // The outputs share its weight, and would begin too sure of themselves with the usual one.
        embedding.weight().initializer(Initializer.normal(0, EMBEDDING_DEVIATION));
        Layer layers =
                new Sequential(
                        embedding,
                        new TransformerEncoder(() -> layer(size), size.layers())
                                .norm(new LayerNorm(width)),
                        new TiedLinear(embedding).withoutBias());
        layers.initialize(seed);
        return new TextModel(layers, characters, size.context());
    }

    private static TransformerEncoderLayer layer(TextSize size) {
        return new TransformerEncoderLayer(
                        size.width(), size.heads(), HIDDEN_PER_FEATURE * size.width())
                .normFirst()
                .causal()
                .rotary()
                .activation(new GELU())
                .dropout(size.dropout());
    }

    int parameters() {
        return layers.parameters().values().stream().mapToInt(Param::size).sum();
    }

    /** Writes it into a file. */
    void save(Path file) throws IOException {
        new ModelFile(layers)
                .inputShape(new Shape(context))
                .metadata(CHARACTERS, Json.of(characters.all()))
                .save(file);
    }

    /**
     * Reads one.
     *
     * @throws BadInput if it is no model that was saved here
     */
    static TextModel load(Path path) throws IOException {
        ModelFile file = ModelFile.open(path);
        Optional<Json> known = file.metadata(CHARACTERS);
        Shape input = file.inputShape();
        if (known.isEmpty() || input == null || input.rank() != 1) {
            throw new BadInput(
                    text(
                            "--load: %s is no model of texts; give a file that examples/run text"
                                    + " --save wrote",
                            path));
        }
        Characters characters = Characters.of(known.get().asString());
        Shape expected = new Shape(input.features(), characters.count());
        if (!file.model().outputShape(input).equals(expected)) {
            throw new BadInput(
                    text(
                            "--load: %s makes %s of %s; for its %,d characters it must make %s",
                            path,
                            file.model().outputShape(input),
                            input,
                            characters.count(),
                            expected));
        }
        return new TextModel(file.model(), characters, input.features());
    }
}
