package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.nn.inference.Generator;
import io.github.lanewise.nn.inference.TokenSampler;
import io.github.lanewise.nn.init.RandomStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Teaches a transformer a text, character by character, and lets it write on. */
@Command(
        name = "text",
        header = "Train a transformer on a text, character by character, and let it write on.",
        description = {
            "FILE is any UTF-8 text; without it, small stories are drawn by rule.",
            "With --load and without FILE, a saved model writes and learns nothing more; its sizes",
            "are its own, whatever the options say.",
            ""
        },
        sortOptions = false,
        showDefaultValues = true)
final class TextCommand implements Callable<Integer> {

    private static final int DRAWN_CHARACTERS = 150_000;
    private static final int MOST_STEPS = 100_000_000;
    private static final int MOST_BATCH = 65_536;
    private static final int MOST_LENGTH = 10_000_000;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "the text to learn from")
    private Path file;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "what to write on from")
    private String prompt;

    @Option(names = "--length", paramLabel = "N", description = "characters to write")
    private int length = 500;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "below 1 for what is likely, above for surprises, 0 for none")
    private float temperature = 0.8f;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "choose among the K most probable characters; 0 for all")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "choose among the most probable that make up P; 1 for all")
    private float topP = 1;

    @Option(names = "--seed", paramLabel = "N", description = "of text, weights, order, choices")
    private long seed = 1;

    @Option(names = "--save", paramLabel = "FILE", description = "write the model into a file")
    private Path save;

    @Option(names = "--load", paramLabel = "FILE", description = "begin with a saved model")
    private Path load;

    @Option(names = "--steps", paramLabel = "N", description = "steps of training")
    private int steps = 1_200;

    @Option(names = "--batch", paramLabel = "N", description = "pieces of text a step")
    private int batch = 32;

    @Option(names = "--lr", paramLabel = "RATE", description = "highest learning rate of AdamW")
    private float rate = 0.004f;

    @Mixin private TextSize size;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; all processors if absent")
    private Integer threads;

    @Override
    public Integer call() throws IOException {
        check();
        TokenSampler sampler =
                new TokenSampler(seed).temperature(temperature).topK(topK).topP(topP);
        PrintWriter out = spec.commandLine().getOut();
        TextModel model = load == null ? null : TextModel.load(load);
        if (load == null || file != null) {
            model = train(model, out);
        }
        write(model, sampler, out);
        return 0;
    }

    private void check() throws IOException {
        BadInput.require(length >= 0 && length <= MOST_LENGTH, "--length", length, "0 or more");
        BadInput.require(
                temperature >= 0 && temperature < Float.POSITIVE_INFINITY,
                "--temperature",
                temperature,
                "0 or more");
        BadInput.require(topK >= 0, "--top-k", topK, "1 or more, or 0 for all");
        BadInput.require(topP > 0 && topP <= 1, "--top-p", topP, "above 0, and at most 1");
        BadInput.require(steps >= 1 && steps <= MOST_STEPS, "--steps", steps, "1 to " + MOST_STEPS);
        BadInput.require(batch >= 1 && batch <= MOST_BATCH, "--batch", batch, "1 to " + MOST_BATCH);
        BadInput.require(
                rate > 0 && rate < Float.POSITIVE_INFINITY, "--lr", rate, "a number above 0");
        BadInput.require(
                prompt == null || !prompt.isEmpty(), "--prompt", "empty", "a character or more");
        size.check();
        Knobs.threads(threads);
        Knobs.check();
        if (save != null) {
            try {
                AtomicFile.requirePlace(save);
            } catch (UncheckedIOException e) {
                throw new BadInput("--save: " + e.getCause().getMessage(), e);
            }
        }
    }

    private TextModel train(TextModel loaded, PrintWriter out) throws IOException {
        RandomStream random = new RandomStream(seed);
        String source = file == null ? "stories drawn by rule" : file.toString();
        String text =
                file == null
                        ? DrawnStories.draw(DRAWN_CHARACTERS, random.stream("stories"))
                        : TextFile.read(file);
        Characters characters = loaded == null ? Characters.of(text) : loaded.characters();
        if (characters.count() < 2) {
            throw new BadInput(
                    text("%s: has one character again and again; give a text to learn", source));
        }
        int[] indices = characters.encode(source, text);
        TextModel model = loaded == null ? TextModel.of(characters, size, seed) : loaded;
        TextTraining training = new TextTraining(model, source, indices);
        if (prompt != null) {
            characters.encode("--prompt", prompt);
        }
        out.println(
                text(
                        "Text      %s: %,d characters, %,d different; the last %,d are held out",
                        source, indices.length, characters.count(), training.heldOut()));
        out.println(
                text(
                        "Model     transformer that sees %,d characters; %,d parameters",
                        model.context(), model.parameters()));
        out.flush();
        try (Interruption interruption = new Interruption()) {
            Memory.need(
                    "text: a step of " + batch + " pieces of " + model.context() + " characters",
                    "--batch, --context or --width",
                    () -> {
                        training.run(
                                steps,
                                batch,
                                rate,
                                random.stream("pieces"),
                                new TextLine(out),
                                interruption::isRequested);
                        return null;
                    });
            if (save != null) {
                model.save(save);
            }
        }
        out.println(
                text(
                        "Held out  %s (by the characters' frequencies alone: %.3f bits)",
                        TextLine.loss(training.evaluate()), training.entropy() / Math.log(2)));
        if (save != null) {
            out.println("Saved     " + save);
        }
        out.println();
        return model;
    }

    private void write(TextModel model, TokenSampler sampler, PrintWriter out) {
        Characters characters = model.characters();
        String usual = characters.has('\n') ? "\n" : characters.decode(0);
        int[] from = characters.encode("--prompt", prompt == null ? usual : prompt);
        out.print(prompt == null ? "" : prompt);
        Generator.of(model.layers(), model.context(), sampler)
                .generate(
                        from,
                        length,
                        index -> {
                            out.print(characters.decode(index));
                            out.flush();
                            return true;
                        });
        out.println();
        out.flush();
    }
}
