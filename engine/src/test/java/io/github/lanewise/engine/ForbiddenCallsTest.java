package io.github.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Calls into the JDK that no class of the engine makes, but the one that stands in for them. */
class ForbiddenCallsTest {

    private static final String OF_THE_DEFAULT_LOCALE =
            "java/lang/String\\.(formatted.*|format\\(Ljava/lang/String;\\[.*|to(Low|Upp)erCase\\(\\).*)"
                + "|java/io/Print(Stream|Writer)\\.(printf|format)\\(Ljava/lang/String;\\[.*"
                + "|java/util/Formatter\\.<init>\\(\\).*|java/text/.*";

    /** What is forbidden, and to which classes it is not. */
    private static final Map<String, Set<String>> FORBIDDEN =
            Map.of(
                    // digits and letters of the place; use String.format(Locale.ROOT, ...)
                    OF_THE_DEFAULT_LOCALE,
                    Set.of(),
                    // slow without the instruction; vector kernels run only with it
                    "java/lang/Math\\.fma.*",
                    Set.of("internal/Fma", "internal/HardwareFma", "internal/simd/"),
                    // holds our classes in foreign threads
                    "java/lang/ThreadLocal\\..*",
                    Set.of("PerThread"),
                    // inherits from the caller, and may not start
                    "java/lang/Thread\\.(<init>|of|start).*",
                    Set.of("DaemonThreads"));

    @Test
    void nobodyMakesThem() throws Exception {
        Set<String> found = new TreeSet<>();
        List<ClassModel> classes = classes();
        assertTrue(classes.size() > 100, classes.size() + " classes");
        for (ClassModel model : classes) {
            String name = model.thisClass().asInternalName();
            for (String call : calls(model)) {
                FORBIDDEN.forEach(
                        (forbidden, allowed) -> {
                            if (Pattern.matches(forbidden, call)
                                    && allowed.stream().noneMatch(name::contains)) {
                                found.add(name + " calls " + call);
                            }
                        });
            }
        }
        assertEquals(Set.of(), found);
    }

    private static List<String> calls(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .filter(MemberRefEntry.class::isInstance)
                .map(MemberRefEntry.class::cast)
                .map(
                        call ->
                                call.owner().asInternalName()
                                        + "."
                                        + call.name().stringValue()
                                        + call.type().stringValue())
                .toList();
    }

    private static List<ClassModel> classes() throws Exception {
        Path root =
                Path.of(Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .map(ForbiddenCallsTest::parse)
                    .toList();
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
