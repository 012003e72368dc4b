package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Matrix;

import java.util.Locale;
import java.util.Objects;

/** The checks that operations share, and the wording of what they say. */
public final class Check {

    private Check() {}

    public static void shape(String operation, String name, Matrix x, int rows, int cols) {
        Objects.requireNonNull(x, name);
        if (x.rows() != rows || x.cols() != cols) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is %s; it must be %dx%d",
                            operation,
                            name,
                            x.shape(),
                            rows,
                            cols));
        }
    }

    public static void sameShape(String operation, String xName, Matrix x, String yName, Matrix y) {
        Objects.requireNonNull(x, xName);
        Objects.requireNonNull(y, yName);
        if (x.rows() != y.rows() || x.cols() != y.cols()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: shapes differ: %s is %s, %s is %s; they must be equal",
                            operation,
                            xName,
                            x.shape(),
                            yName,
                            y.shape()));
        }
    }

    /** Allows an output to be the very window of an input, or to lie apart from it. */
    public static void inPlaceOrApart(
            String operation, String outName, Matrix out, String inName, Matrix in) {
        boolean same =
                out.data() == in.data()
                        && out.offset() == in.offset()
                        && (out.ld() == in.ld() || out.rows() <= 1);
        if (!same) {
            apart(operation, outName, out, inName, in);
        }
    }

    /** Rejects an output that shares elements with an input. */
    public static void apart(
            String operation, String outName, Matrix out, String inName, Matrix in) {
        if (out.data() == in.data() && overlap(out, in)) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s overlaps %s: %s and %s of one array; give %s an array or a"
                                    + " range of its own",
                            operation,
                            outName,
                            inName,
                            out,
                            in,
                            outName));
        }
    }

    private static boolean overlap(Matrix x, Matrix y) {
        if (x.size() == 0 || y.size() == 0 || end(x) <= y.offset() || end(y) <= x.offset()) {
            return false;
        }
        // Two column ranges of the same rows share no element although their extents cross.
        boolean sameRows = x.ld() == y.ld() && x.ld() > 0;
        if (!sameRows) {
            return true;
        }
        int distance = Math.floorMod(y.offset() - x.offset(), x.ld());
        return distance < x.cols() || distance + y.cols() > x.ld();
    }

    private static int end(Matrix x) {
        return x.offset() + (x.rows() - 1) * x.ld() + x.cols();
    }

    public static void beta(String operation, float beta) {
        if (beta != 0 && beta != 1) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: beta is %s; it must be 0 (overwrite) or 1 (add)",
                            operation,
                            beta));
        }
    }

    /** Checks labels of which one number may stand outside the classes. */
    public static void labels(String operation, int[] labels, int rows, int classes, int ignored) {
        if (labels != null && labels.length >= rows) {
            for (int i = 0; i < rows; i++) {
                if (labels[i] != ignored && (labels[i] < 0 || labels[i] >= classes)) {
                    throw outsideTheClasses(operation, labels[i], i, classes);
                }
            }
            return;
        }
        labels(operation, labels, rows, classes);
    }

    public static void signs(String operation, int[] signs, int rows) {
        if (signs.length < rows) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d signs for %d rows; each row needs one",
                            operation,
                            signs.length,
                            rows));
        }
        for (int i = 0; i < rows; i++) {
            if (signs[i] != 1 && signs[i] != -1) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "%s: sign of row %d is %d; it must be 1 (alike) or -1",
                                operation,
                                i,
                                signs[i]));
            }
        }
    }

    private static IllegalArgumentException outsideTheClasses(
            String operation, int label, int row, int classes) {
        return new IllegalArgumentException(
                String.format(
                        Locale.ROOT,
                        "%s: label %d of row %d is outside the %d classes; it must be from 0 to %d",
                        operation,
                        label,
                        row,
                        classes,
                        classes - 1));
    }

    public static void labels(String operation, int[] labels, int rows, int classes) {
        Objects.requireNonNull(labels, "labels");
        if (labels.length < rows) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d labels for %d rows of logits; each row needs one",
                            operation,
                            labels.length,
                            rows));
        }
        for (int i = 0; i < rows; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw outsideTheClasses(operation, labels[i], i, classes);
            }
        }
    }

    public static void rowNumbers(String operation, int[] rows, int count, int sourceRows) {
        Objects.requireNonNull(rows, "rows");
        if (rows.length < count) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d row numbers for %d rows of y; each row needs one",
                            operation,
                            rows.length,
                            count));
        }
        for (int i = 0; i < count; i++) {
            if (rows[i] < 0 || rows[i] >= sourceRows) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "%s: row number %d at %d is outside the source, which has %d rows",
                                operation,
                                rows[i],
                                i,
                                sourceRows));
            }
        }
    }
}
