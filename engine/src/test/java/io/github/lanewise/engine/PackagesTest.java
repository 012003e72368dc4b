package io.github.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages of this module: which needs which, read from the class files. */
class PackagesTest {

    private static final Path SOURCES = Path.of("src/main/java/io/github/lanewise");
    private static final String ROOT = Engine.class.getPackageName().replace('.', '/');
    private static final String INTERNAL = ROOT + "/internal";
    private static final String SIMD = INTERNAL + "/simd";

    @Test
    void noTwoInternalPackagesNeedEachOther() throws Exception {
        Map<String, Set<String>> needs = needs();
        needs.keySet().removeIf(name -> !name.startsWith(INTERNAL));
        assertTrue(needs.size() > 15, "packages read: " + needs.keySet());
        assertEquals(List.of(), circles(needs));
    }

    @Test
    void onlySimdPackagesNeedTheVectorApi() throws Exception {
        List<String> others =
                needs().entrySet().stream()
                        .filter(entry -> !entry.getKey().startsWith(SIMD))
                        .filter(entry -> entry.getValue().contains("jdk/incubator/vector"))
                        .map(Map.Entry::getKey)
                        .toList();
        assertEquals(List.of(), others);
    }

    @Test
    void everyPackageSaysWhatLivesInIt() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> silent =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct()
                            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                            .toList();
            assertEquals(List.of(), silent);
        }
    }

    @Test
    void noPublicTypeIsCalledLikeOneOfJavaBase() throws Exception {
        Set<String> ours =
                classes().stream()
                        .filter(model -> model.flags().has(AccessFlag.PUBLIC))
                        .map(model -> model.thisClass().asInternalName())
                        .filter(name -> packageOf(name).equals(ROOT) && !name.contains("$"))
                        .map(name -> name.substring(ROOT.length() + 1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(ours.contains("Kernels"), "types read: " + ours);
        ours.retainAll(namesOfJavaBase());
        assertEquals(Set.of(), ours, "ambiguous in a compact source file");
    }

    private static Set<String> namesOfJavaBase() throws IOException {
        ModuleReference base = ModuleFinder.ofSystem().find("java.base").orElseThrow();
        Set<String> exported =
                base.descriptor().exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(export -> export.source().replace('.', '/'))
                        .collect(Collectors.toSet());
        try (var reader = base.open();
                Stream<String> resources = reader.list()) {
            return resources
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .filter(name -> exported.contains(packageOf(name)))
                    .map(name -> name.substring(name.lastIndexOf('/') + 1, name.length() - 6))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> circles(Map<String, Set<String>> needs) {
        return needs.keySet().stream()
                .filter(name -> reachable(needs, name).contains(name))
                .map(name -> name + " needs " + needs.get(name) + ", which lead back")
                .toList();
    }

    private static Set<String> reachable(Map<String, Set<String>> needs, String from) {
        Set<String> seen = new TreeSet<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (String next : needs.getOrDefault(open.pop(), Set.of())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return seen;
    }

    /** Returns, for each package, the others whose classes its own name. */
    private static Map<String, Set<String>> needs() throws IOException, URISyntaxException {
        Map<String, Set<String>> needs = new TreeMap<>();
        for (ClassModel model : classes()) {
            String own = packageOf(model.thisClass().asInternalName());
            Set<String> others = needs.computeIfAbsent(own, name -> new TreeSet<>());
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof ClassEntry type) {
                    others.add(packageOf(type.asInternalName().replaceFirst("^\\[+L", "")));
                }
            }
            others.remove(own);
        }
        return needs;
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static List<ClassModel> classes() throws IOException, URISyntaxException {
        Path root =
                Path.of(Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    models.add(ClassFile.of().parse(file));
                }
            }
        }
        return models;
    }
}
