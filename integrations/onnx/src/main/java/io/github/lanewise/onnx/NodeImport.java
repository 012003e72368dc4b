package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.List;

/** Imports one node after another. */
final class NodeImport {

    private final Importing context;
    private final Budget budget;

    NodeImport(Importing context, Budget budget) {
        this.context = context;
        this.budget = budget;
    }

    void run(OnnxNode node) {
        if (node.outputs().stream().allMatch(context.made()::containsKey)) {
            return; // a node before it has made its output, too
        }
        List<Imported> inputs = new ArrayList<>();
        node.inputs().forEach(name -> inputs.add(name.isEmpty() ? null : made(name)));
        Call call = new Call(node, inputs, context);
        List<Imported> outputs;
        try {
            outputs = Operators.of(call, budget).apply(call);
        } catch (IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | ClassCastException e) {
            throw new IllegalArgumentException("%s: %s".formatted(node, e.getMessage()), e);
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            String name = node.outputs().get(i);
            if (i < outputs.size()) {
                context.made().put(name, outputs.get(i));
            } else if (context.isWanted(name)) {
                throw new IllegalArgumentException(
                        "%s: its output %s, %s, is not imported".formatted(node, i, name));
            }
        }
    }

    private Imported made(String name) {
        Imported value = context.made().get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "value %s is not imported; its shape or type may be missing".formatted(name));
        }
        return value;
    }
}
