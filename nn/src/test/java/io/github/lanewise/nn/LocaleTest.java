package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts and names of files have ASCII digits wherever the program runs. */
class LocaleTest {

    /** Whatever they format, they take digits and letters of the place. */
    private static final Pattern OF_THE_PLACE =
            Pattern.compile(
                    "java/lang/String\\.(format\\(Ljava/lang/String;\\[.*|to(Low|Upp)erCase\\(\\).*)"
                        + "|java/io/Print(Stream|Writer)\\.(printf|format)\\(Ljava/lang/String;\\[.*"
                        + "|java/util/Formatter\\.<init>\\(\\).*|java/text/.*");

    /** What {@code String.formatted} writes with digits of the place; %s of a number is ASCII. */
    private static final Pattern NUMBER =
            Pattern.compile("(?s).*%(\\d+\\$)?[-,+ #0(]*\\d*(\\.\\d+)?[defgtDEFGT].*");

    @TempDir private Path folder;

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @Test
    void noClassWritesDigitsOfThePlace() throws Exception {
        Set<String> found = new TreeSet<>();
        List<ClassModel> classes = classes();
        assertTrue(classes.size() > 400, classes.size() + " classes");
        for (ClassModel model : classes) {
            String name = model.thisClass().asInternalName();
            boolean formats = false;
            Set<String> forms = new TreeSet<>();
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof StringEntry text
                        && NUMBER.matcher(text.stringValue()).matches()) {
                    forms.add(name + ": " + text.stringValue());
                } else if (entry instanceof MemberRefEntry call) {
                    String called = call.owner().asInternalName() + "." + call.name().stringValue();
                    formats |= called.equals("java/lang/String.formatted");
                    if (OF_THE_PLACE.matcher(called + call.type().stringValue()).matches()) {
                        found.add(name + " calls " + called);
                    }
                }
            }
            if (formats) {
                found.addAll(forms);
            }
        }
        assertEquals(Set.of(), found);
    }

    private static List<ClassModel> classes() throws Exception {
        Path root =
                Path.of(Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
            List<ClassModel> models = new ArrayList<>();
            for (Path file : all) {
                models.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
            return models;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa", "bn", "tr"})
    void digitsAreAsciiInAllLocales(String locale) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(locale));
        Linear linear = new Linear(4, 8);
        assertEquals("Linear(4 -> 8)", linear.toString());
        assertEquals(
                "predict: sample has 3 values; it must have 4 (shape 4)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> InferenceSession.of(linear, 2).predict(new float[3]))
                        .getMessage());
        Checkpoints checkpoints = new Checkpoints(folder);
        new Trainer(linear, new SoftmaxCrossEntropy(), new SGD(0.1f))
                .checkpoints(checkpoints)
                .fit(Dataset.of(new float[3][4], new int[3]), 1, 2);
        String name = checkpoints.latest().orElseThrow().getFileName().toString();
        assertTrue(name.matches("[\\x20-\\x7e]+"), name);
    }
}
