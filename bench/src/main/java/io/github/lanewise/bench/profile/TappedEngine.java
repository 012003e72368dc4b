package io.github.lanewise.bench.profile;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;

/**
 * Loads Lanewise a second time, with an {@code Engine} that hands out its kernels through {@link
 * KernelTap#wrap}.
 *
 * <p>A network takes its kernels from the engine, and a program cannot give it others; a switch in
 * the engine for the sake of a benchmark would be one for everybody. So the two methods that return
 * kernels are changed while their class is loaded; all else is what users run.
 */
final class TappedEngine extends ClassLoader {

    private static final String ROOT = "io.github.lanewise.";
    private static final String ENGINE = ROOT + "engine.Engine";
    private static final Set<String> TAPPED = Set.of("kernels", "singleThreadKernels");
    private static final ClassDesc KERNELS = ClassDesc.of(ROOT + "engine.Kernels");

    private TappedEngine() {
        super("tapped", TappedEngine.class.getClassLoader());
    }

    /** Makes an instance of a class of Lanewise, loaded anew, whose kernels can be timed. */
    static <T> T load(Class<? extends T> program, Class<T> type) {
        try {
            Class<?> again = Class.forName(program.getName(), true, new TappedEngine());
            return type.cast(again.getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("profile: " + program.getName() + ": " + e, e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(ROOT)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] loaded = name.equals(ENGINE) ? tap(bytes) : bytes;
            return defineClass(
                    name, loaded, 0, loaded.length, TappedEngine.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static byte[] tap(byte[] engine) {
        CodeTransform wrapReturned =
                (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        code.invokestatic(
                                ClassDesc.of(KernelTap.class.getName()),
                                "wrap",
                                MethodTypeDesc.of(KERNELS, KERNELS));
                    }
                    code.with(element);
                };
        ClassFile format = ClassFile.of();
        return format.transformClass(
                format.parse(engine),
                ClassTransform.transformingMethodBodies(
                        method -> TAPPED.contains(method.methodName().stringValue()),
                        wrapReturned));
    }
}
