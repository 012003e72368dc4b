package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages of this module: which needs which, read from the imports of the sources. What only
 * Javadoc names is not imported.
 */
class RoomsTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/lanewise/nn");
    private static final Path ENGINE = Path.of("../engine/src/main/java/io/github/lanewise/engine");
    private static final Pattern IMPORT =
            Pattern.compile(
                    "^import (?:static )?io\\.github\\.lanewise\\.nn((?:\\.[a-z]+)*)\\.[A-Z]");

    @Test
    void noTwoPackagesNeedEachOther() throws IOException {
        Map<String, Set<String>> needs = needs();
        assertTrue(needs.size() > 10, "packages read: " + needs.keySet());
        for (String room : needs.keySet()) {
            for (String needed : needs.get(room)) {
                assertTrue(
                        !reachable(needs, needed).contains(room),
                        () -> "%s needs %s, and the other way round".formatted(room, needed));
            }
        }
    }

    @Test
    void noPublicTypeIsCalledLikeOneOfJavaBase() throws IOException {
        Set<String> ours = new TreeSet<>(publicTypes());
        ours.retainAll(namesOfJavaBase());
        // java.security.Identity is on its way out of the JDK.
        assertEquals(Set.of("Identity"), ours, "ambiguous in a compact source file");
    }

    @Test
    void noTwoPublicTypesHaveOneName() throws IOException {
        List<String> all = publicTypes();
        Set<String> once = new TreeSet<>();
        List<String> again = all.stream().filter(name -> !once.add(name)).toList();
        assertTrue(once.containsAll(Set.of("Matrix", "Trainer")), "types read: " + once);
        assertEquals(List.of(), again, "ambiguous behind import module io.github.lanewise.nn");
    }

    /** Returns what a program sees that imports the module, the engine's types included. */
    private static List<String> publicTypes() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : Stream.concat(sources().stream(), sources(ENGINE, 1).stream()).toList()) {
            String name = file.getFileName().toString().replace(".java", "");
            if (!file.startsWith(SOURCES.resolve("internal"))
                    && Pattern.compile("^public .*\\b" + name + "\\b", Pattern.MULTILINE)
                            .matcher(Files.readString(file))
                            .find()) {
                names.add(name);
            }
        }
        return names;
    }

    private static Set<String> namesOfJavaBase() throws IOException {
        ModuleReference base = ModuleFinder.ofSystem().find("java.base").orElseThrow();
        Set<String> exported =
                base.descriptor().exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(export -> export.source().replace('.', '/') + "/")
                        .collect(Collectors.toSet());
        try (var reader = base.open();
                Stream<String> resources = reader.list()) {
            return resources
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('/') + 1)))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1, name.length() - 6))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> reachable(Map<String, Set<String>> needs, String from) {
        Set<String> seen = new TreeSet<>(Set.of(from));
        ArrayDeque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (String next : needs.getOrDefault(open.pop(), Set.of())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return seen;
    }

    private static Map<String, Set<String>> needs() throws IOException {
        Map<String, Set<String>> needs = new TreeMap<>();
        for (Path file : sources()) {
            if (file.endsWith("package-info.java")) {
                continue;
            }
            String room = room(SOURCES.relativize(file.getParent()).toString().replace('/', '.'));
            Set<String> needed = needs.computeIfAbsent(room, any -> new TreeSet<>());
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = IMPORT.matcher(line);
                if (matcher.find()) {
                    String other = matcher.group(1);
                    needed.add(room(other.isEmpty() ? "" : other.substring(1)));
                }
            }
            needed.remove(room);
        }
        return needs;
    }

    private static List<Path> sources() throws IOException {
        return sources(SOURCES, Integer.MAX_VALUE);
    }

    private static List<Path> sources(Path root, int depth) throws IOException {
        try (Stream<Path> files = Files.walk(root, depth)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    private static String room(String name) {
        return name.isEmpty() ? "nn" : name;
    }
}
