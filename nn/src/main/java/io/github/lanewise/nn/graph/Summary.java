package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.internal.Passes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a model consists of: each layer with the shape that it makes and its number of parameters.
 *
 * <pre>
 * Layer                     Output  Parameters
 * 0  Linear(784 -&gt; 128)    128     100,480
 * 1  ReLU()                 128           0
 * ...
 * </pre>
 *
 * @param rows a row for each layer; those inside another layer after it
 * @param parameters number of values that can be trained, each counted once
 * @param frozen how many of them are not trainable now: see {@link Param#trainable}
 * @param states number of values that are saved but not trained
 */
public record Summary(List<Row> rows, long parameters, long frozen, long states) {

    private static final List<String> HEADS = List.of("Layer", "Output", "Parameters");

    /**
     * A layer.
     *
     * @param path its number in the model, or {@code 2.0} for layer 0 inside layer 2
     * @param layer its description
     * @param output the shape that it makes
     * @param parameters number of values that it and the layers inside it train; those of a shared
     *     layer count where it comes first
     * @param shared whether a row before is of the same layer
     */
    public record Row(String path, String layer, Shape output, long parameters, boolean shared) {}

    /** Copies the rows. */
    public Summary {
        rows = List.copyOf(rows);
    }

    /**
     * Sums up a model on samples of this shape.
     *
     * @throws IllegalArgumentException if the model cannot take them
     */
    public static Summary of(Layer model, Shape input) {
        model.outputShape(input);
        Tour tour = new Tour();
        if (model instanceof Model wired) {
            tour.inside("", wired, wired.inputShapes());
        } else if (model instanceof GraphLayer layers) {
            tour.inside("", layers, List.of(input));
        } else {
            tour.visit("", model, List.of(input));
        }
        return new Summary(
                tour.rows,
                model.parameters().values().stream().mapToLong(Param::size).sum(),
                model.parameters().values().stream()
                        .filter(parameter -> !parameter.isTrainable())
                        .mapToLong(Param::size)
                        .sum(),
                model.states().values().stream().mapToLong(State::size).sum());
    }

    /** Sums up a model on its own inputs. */
    public static Summary of(Model model) {
        return of(model, model.inputShape());
    }

    /** Goes over the layers in forward order. */
    private static final class Tour {

        private final List<Row> rows = new ArrayList<>();
        private final Set<Layer> layers = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<Param> counted = Collections.newSetFromMap(new IdentityHashMap<>());

        void inside(String prefix, GraphLayer parent, List<Shape> inputs) {
            Graph graph = parent.graph();
            Shape[] shapes = graph.shapes(inputs);
            int end = graph.inputs() + parent.childCount();
            for (int slot = graph.inputs(); slot < end; slot++) {
                Graph.Node node = graph.maker(slot);
                List<Shape> taken = node.takes().stream().map(from -> shapes[from]).toList();
                visit(prefix + graph.number(slot), node.layer(), taken);
            }
        }

        void visit(String path, Layer layer, List<Shape> taken) {
            boolean isNew = layers.add(layer);
            Shape output = new Graph.Node(layer, List.of()).outputShape(taken);
            int at = rows.size();
            rows.add(null);
            long before = size();
            if (isNew && layer instanceof GraphLayer parent) {
                boolean packed = layer instanceof Model && taken.size() == 1;
                inside(path + ".", parent, packed ? ((Model) layer).inputShapes() : taken);
            }
            counted.addAll(layer.parameters().values());
            rows.set(at, new Row(path, Passes.brief(layer), output, size() - before, !isNew));
        }

        private long size() {
            return counted.stream().mapToLong(Param::size).sum();
        }
    }

    /** Returns the table and the totals below it. */
    @Override
    public String toString() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADS);
        rows.forEach(row -> cells.add(cells(row)));
        int[] widths = new int[HEADS.size()];
        for (List<String> line : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        String form = "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s\n";
        cells.forEach(line -> text.append(String.format(Locale.ROOT, form, line.toArray())));
        String kept = states == 0 ? "" : String.format(Locale.ROOT, ", %s kept", grouped(states));
        String held = frozen == 0 ? "" : String.format(Locale.ROOT, ", %s frozen", grouped(frozen));
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "Total: %s trained%s%s",
                                grouped(parameters - frozen),
                                held,
                                kept))
                .toString();
    }

    private static List<String> cells(Row row) {
        int depth = (int) row.path.chars().filter(c -> c == '.').count();
        String name = row.path.isEmpty() ? row.layer : row.path + "  " + row.layer;
        return List.of(
                "  ".repeat(depth) + name,
                row.output.toString(),
                row.shared ? "shared" : grouped(row.parameters));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
