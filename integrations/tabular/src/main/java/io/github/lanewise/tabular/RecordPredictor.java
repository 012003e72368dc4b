package io.github.lanewise.tabular;

import io.github.lanewise.nn.inference.InferenceSession;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Predicts for records; made by {@link TabularModel#predictor}. Names are bound once, any number of
 * threads may call, and with a place for the results a call allocates nothing (but for dates).
 *
 * @param <R> the record
 */
public final class RecordPredictor<R extends Record> {

    private final TabularModel model;
    private final Component[] cells;
    private final Encoder.CellWriter[][] writers;
    private final InferenceSession[] sessions;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(this::scratch);

    /** One component of the record. */
    private record Component(MethodHandle get, boolean number) {}

    /** Buffers for one thread. */
    private record Scratch(float[][] features, float[] outputs, Predictions sums, double[] p) {}

    RecordPredictor(TabularModel model, Class<R> type) {
        this.model = model;
        this.cells = new Component[model.columns().size()];
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
            int at = model.columns().indexOf(component.getName());
            if (at >= 0) {
                cells[at] = component(type, component, model.inputs().get(at).kind());
            }
        }
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] == null) {
                String name = model.columns().get(i);
                throw new IllegalArgumentException(
                        Message.of(
                                "predictor: %s has no component '%s'%s",
                                type.getSimpleName(),
                                name,
                                Names.given(name, model.columns(), names)));
            }
        }
        List<Member> members = model.members();
        this.writers = new Encoder.CellWriter[members.size()][];
        this.sessions = new InferenceSession[members.size()];
        for (int m = 0; m < writers.length; m++) {
            writers[m] =
                    members.get(m).preprocessing().writers().toArray(Encoder.CellWriter[]::new);
            sessions[m] = InferenceSession.of(members.get(m).network(), 1);
        }
    }

    private static Component component(
            Class<?> type, RecordComponent component, ColumnPlan.Kind use) {
        Class<?> kind = component.getType();
        boolean number = RecordTable.isNumber(kind);
        if (!number && !RecordTable.isText(kind)) {
            throw new IllegalArgumentException(
                    Message.of(
                            "predictor: %s.%s is a %s; it must be a number, a text, a boolean, an"
                                    + " enum or a date",
                            type.getSimpleName(), component.getName(), kind.getSimpleName()));
        }
        try {
            component.getAccessor().trySetAccessible();
            MethodHandle get = MethodHandles.lookup().unreflect(component.getAccessor());
            // the name of a level may have more digits than a double
            boolean exact = kind != long.class || use == ColumnPlan.Kind.NUMBER;
            boolean primitive = number && kind.isPrimitive() && exact;
            MethodType as =
                    MethodType.methodType(primitive ? double.class : Object.class, Object.class);
            return new Component(get.asType(as), primitive);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    Message.of(
                            "predictor: %s cannot be read; its package must be open to"
                                    + " io.github.lanewise.tabular",
                            component),
                    e);
        }
    }

    private Scratch scratch() {
        float[][] features = new float[writers.length][];
        for (int m = 0; m < features.length; m++) {
            features[m] = new float[model.members().get(m).preprocessing().counts().all()];
        }
        int outputs = model.target().outputs();
        boolean classes = model.target().task().isClassification();
        Predictions sums =
                new Predictions(
                        classes ? new double[1][outputs] : null, classes ? null : new double[1]);
        return new Scratch(features, new float[outputs], sums, new double[outputs]);
    }

    /**
     * Returns the prediction.
     *
     * @throws IllegalArgumentException if a value is none of its column's kind
     */
    public Prediction predict(R row) {
        return Prediction.of(model, compute(row), 0);
    }

    /**
     * Writes the probabilities of the classes, in the order of {@link Target#classes()}, or the
     * number into the first place; allocates nothing.
     *
     * @throws IllegalArgumentException if a value is none of its column's kind, or there are too
     *     few places
     */
    public void predict(R row, double[] results) {
        Predictions sums = compute(row);
        if (results.length < model.target().outputs()) {
            throw new IllegalArgumentException(
                    Message.of(
                            "predict: there are %d places for %d results",
                            results.length, model.target().outputs()));
        }
        if (sums.numbers() != null) {
            results[0] = sums.numbers()[0];
        } else {
            System.arraycopy(
                    sums.probabilities()[0], 0, results, 0, sums.probabilities()[0].length);
        }
    }

    private Predictions compute(R row) {
        Scratch buffers = scratch.get();
        Predictions sums = buffers.sums;
        Arrays.fill(sums.numbers() != null ? sums.numbers() : sums.probabilities()[0], 0);
        for (int m = 0; m < writers.length; m++) {
            float[] features = buffers.features[m];
            for (int i = 0; i < cells.length; i++) {
                write(writers[m][i], cells[i], row, model.isLenient(), features);
            }
            sessions[m].predict(features, buffers.outputs);
            model.members().get(m).add(sums, 0, buffers.outputs, buffers.p, 1.0 / writers.length);
        }
        return sums;
    }

    private static void write(
            Encoder.CellWriter writer,
            Component cell,
            Object row,
            boolean lenient,
            float[] features) {
        try {
            if (cell.number) {
                writer.write((double) cell.get.invokeExact(row), features, 0);
                return;
            }
            Object value = (Object) cell.get.invokeExact(row);
            RowPredictor.write(writer, value, lenient, features);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("predict: " + e.getMessage(), e);
        }
    }
}
