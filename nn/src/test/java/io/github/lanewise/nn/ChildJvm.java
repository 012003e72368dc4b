package io.github.lanewise.nn;

import io.github.lanewise.engine.Engine;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of JVMs that run a program of the tests from the class path. */
public final class ChildJvm {

    private ChildJvm() {}

    /** Returns the command that runs a class, which must not need JUnit. */
    public static List<String> command(List<String> flags, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(program), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classPath(Class<?> program) {
        return Stream.of(Engine.class, Layer.class, program)
                .map(ChildJvm::folderOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns where a class is from, module path or not. */
    private static String folderOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        String found = type.getResource("/" + file).toString();
        String root = found.substring(0, found.length() - file.length());
        return Path.of(URI.create(root.replaceFirst("^jar:(.*)!/$", "$1"))).toString();
    }
}
