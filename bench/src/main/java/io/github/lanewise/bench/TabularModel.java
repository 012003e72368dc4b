package io.github.lanewise.bench;

import io.github.lanewise.bench.front.Tabular;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm1d;

import java.util.ArrayList;
import java.util.List;

/** Makes a network of ours for rows of a table. */
final class TabularModel {

    private TabularModel() {}

    static Model of(Tabular table, Layer... head) {
        List<Input> inputs = new ArrayList<>();
        List<Value> joined = new ArrayList<>();
        inputs.add(new Input(table.numbers()));
        joined.add(inputs.getFirst());
        for (int levels : table.levels()) {
            Input index = new Input(1);
            inputs.add(index);
            joined.add(index.then(new Embedding(levels, table.vector()), new Flatten()));
        }
        Value x = Value.concat(joined.toArray(Value[]::new));
        int in = table.joined();
        for (int out : table.hidden()) {
            x =
                    x.then(
                            new Linear(in, out),
                            new BatchNorm1d(out),
                            new ReLU(),
                            new Dropout(table.dropout()));
            in = out;
        }
        return new Model(inputs, List.of(x.then(head)));
    }
}
