package io.github.lanewise.bench.profile;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.Window;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;

/**
 * A kernel and the shape that it is called with.
 *
 * @param name of the kernel, with its shape
 * @param flops operations of its products and convolutions as they are defined; 0 if it has none
 */
record KernelCall(String name, double flops) {

    /** Describes a call of one of the engine's interfaces. */
    static KernelCall of(Method method, Object... args) {
        String family =
                method.getDeclaringClass() == Kernels.class
                        ? ""
                        : lowerFirst(method.getDeclaringClass().getSimpleName()) + ".";
        String kernel = family + method.getName();
        return switch (method.getName()) {
            case "gemm", "gemmThenUpdate" -> product(kernel, args);
            case "convolve", "convolveWeightGradient", "convolveInputGradient" ->
                    convolution(kernel, args);
            case "run" -> steps(kernel, (TimeSteps) args[0]);
            case "multiplyEach" -> products(kernel, args);
            default -> new KernelCall(kernel + traits(args) + shape(args), 0);
        };
    }

    private static KernelCall product(String kernel, Object... args) {
        Transpose transpose = (Transpose) args[0];
        Matrix a = (Matrix) args[1];
        Matrix b = (Matrix) args[2];
        return new KernelCall(
                "%s %s %s%s".formatted(kernel, transpose, shape(transpose, a, b), traits(args)),
                flops(transpose, a, b));
    }

    private static KernelCall products(String kernel, Object... args) {
        Transpose transpose = (Transpose) args[0];
        Matrix[] a = (Matrix[]) args[1];
        Matrix[] b = (Matrix[]) args[2];
        double flops = 0;
        for (int i = 0; i < a.length; i++) {
            flops += flops(transpose, a[i], b[i]);
        }
        String shape = a.length == 0 ? "" : " of " + shape(transpose, a[0], b[0]);
        return new KernelCall("%s %s, %d%s".formatted(kernel, transpose, a.length, shape), flops);
    }

    private static KernelCall convolution(String kernel, Object... args) {
        Convolution shape = (Convolution) args[0];
        Window window = shape.window();
        int batch = ((Matrix) args[1]).rows();
        String text =
                "%s %d x %dx%dx%d to %d, %dx%d"
                        .formatted(
                                kernel,
                                batch,
                                shape.inChannels(),
                                window.rows().size(),
                                window.cols().size(),
                                shape.outChannels(),
                                window.rows().kernel(),
                                window.cols().kernel());
        double flops = 2.0 * batch * shape.outChannels() * window.outputs() * shape.depth();
        return new KernelCall(text + traits(args), flops);
    }

    private static KernelCall steps(String kernel, TimeSteps steps) {
        double flops = 0;
        for (int step = 0; step < steps.c().length; step++) {
            double weights = steps.weight().size();
            if (steps.projection() != null) {
                weights += steps.projection().weight().size();
            }
            flops += 2 * steps.rows(step) * weights;
        }
        String text = "%s %d steps".formatted(kernel, steps.c().length);
        if (steps.c().length > 0) {
            text +=
                    " of %s, %s"
                            .formatted(
                                    shape(steps.transpose(), steps.a()[0], steps.weight()),
                                    steps.cells()[0].getClass().getSimpleName());
        }
        return new KernelCall(text, flops);
    }

    private static double flops(Transpose transpose, Matrix a, Matrix b) {
        return 2.0 * transpose.rows(a) * transpose.depth(a) * transpose.cols(b);
    }

    private static String shape(Transpose transpose, Matrix a, Matrix b) {
        return "%dx%dx%d".formatted(transpose.rows(a), transpose.depth(a), transpose.cols(b));
    }

    /** Returns the shape of the first matrix. */
    private static String shape(Object... args) {
        return Arrays.stream(args)
                .filter(Matrix.class::isInstance)
                .findFirst()
                .map(matrix -> " " + ((Matrix) matrix).shape())
                .orElse("");
    }

    /** Returns what else tells calls apart: functions and rules. */
    private static String traits(Object... args) {
        StringBuilder text = new StringBuilder();
        for (Object arg : args) {
            switch (arg) {
                case Activation f -> text.append(' ').append(f.kind());
                case Combination how -> text.append(' ').append(how);
                case PointwiseLoss f -> text.append(' ').append(f.getClass().getSimpleName());
                case Update rule -> text.append(' ').append(rule.getClass().getSimpleName());
                case Epilogue e when e.bias() != null || !e.isNone() ->
                        text.append(e.bias() == null ? "" : " bias")
                                .append(f(e.activation(), e.saved()));
                case null, default -> {}
            }
        }
        return text.toString();
    }

    private static String f(Activation f, Matrix saved) {
        if (f.kind() == Activation.Kind.IDENTITY) {
            return "";
        }
        return " " + f.kind() + (saved == null ? "" : "'");
    }

    private static String lowerFirst(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
