package io.github.lanewise.bench.profile;

import io.github.lanewise.engine.Kernels;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Kernels that time each call, and the kernels of their families too. */
public final class KernelTap implements InvocationHandler {

    /** What networks that are bound from now on report to; null for none. */
    private static volatile CallLog current;

    private final Object kernels;
    private final CallLog log;
    private final Map<String, Object> families = new HashMap<>();

    private KernelTap(Object kernels, CallLog log) {
        this.kernels = kernels;
        this.log = log;
    }

    /** Says what those who ask the engine for kernels from now on report to; null for none. */
    static void use(CallLog log) {
        current = log;
    }

    /** Returns kernels that report their calls, or the same ones if none are wanted. */
    public static Kernels wrap(Kernels kernels) {
        CallLog log = current;
        return log == null ? kernels : (Kernels) tap(Kernels.class, kernels, log);
    }

    private static Object tap(Class<?> type, Object kernels, CallLog log) {
        KernelTap tap = new KernelTap(kernels, log);
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 0 && method.getReturnType().isInterface()) {
                Class<?> family = method.getReturnType();
                tap.families.put(method.getName(), tap(family, tap.call(method), log));
            }
        }
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, tap);
    }

    private Object call(Method method) {
        try {
            return method.invoke(kernels);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("profile: " + method + ": " + e, e);
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        if (args == null) {
            Object family = families.get(method.getName());
            return family == null ? method.invoke(kernels) : family;
        }
        try {
            long begin = System.nanoTime();
            Object result = method.invoke(kernels, args);
            log.add(method, args, System.nanoTime() - begin);
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
