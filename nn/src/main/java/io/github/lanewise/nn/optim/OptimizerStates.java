package io.github.lanewise.nn.optim;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The groups of an optimizer's parameters, and what it remembers of each parameter. */
final class OptimizerStates {

    private final Map<Param, OptimizerState> states = new IdentityHashMap<>();

    /** The first is of all parameters that are in no other. */
    private final List<ParameterGroup> groups = new ArrayList<>();

    OptimizerStates() {
        groups.add(ParameterGroup.of(List.of()));
    }

    /** Adds a group, which takes its members from those before. */
    void add(ParameterGroup group) {
        groups.add(group);
        groups.forEach(ParameterGroup::changed);
        states.replaceAll((parameter, state) -> state.movedTo(groupOf(parameter)));
    }

    /** Returns the group of a parameter: the last that holds it. */
    ParameterGroup groupOf(Param parameter) {
        for (int i = groups.size() - 1; i > 0; i--) {
            if (groups.get(i).contains(parameter)) {
                return groups.get(i);
            }
        }
        return groups.getFirst();
    }

    /** Checks that each group but an empty one has one of these parameters. */
    void requireGroupsOf(Collection<Param> parameters, String optimizer) {
        for (int i = 1; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            if (group.isApartFrom(parameters)) {
                throw new IllegalArgumentException(
                        ("%s: group %s has no parameter of the model that is trained; make it of"
                                        + " layers or parameters of that very model")
                                .formatted(optimizer, i));
            }
            if (group.optimizer() != null) {
                group.optimizer().requireGroupsOf(parameters);
            }
        }
    }

    /** Returns what is remembered of a parameter so far, or null. */
    OptimizerState soFar(Param parameter) {
        return states.get(parameter);
    }

    /** Returns what is remembered of a parameter; null if the optimizer of a group changes it. */
    OptimizerState of(Param parameter) {
        OptimizerState state = states.get(parameter);
        ParameterGroup group = state == null ? groupOf(parameter) : state.group();
        if (group.optimizer() != null) {
            return null;
        }
        if (state == null) {
            state = new OptimizerState(group);
            states.put(parameter, state);
        }
        return state;
    }

    /** Lets the optimizers of groups change their members. */
    void stepGroups(List<Param> parameters) {
        for (int i = 1; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            if (group.optimizer() != null) {
                group.optimizer().step(group.among(parameters, this));
            }
        }
    }

    /**
     * Writes both.
     *
     * @param parameters of the model, by path
     */
    void save(StateWriter out, Map<String, Param> parameters) {
        parameters.forEach(
                (path, parameter) -> {
                    OptimizerState state = states.get(parameter);
                    if (state != null) {
                        state.save(out.in(path));
                    }
                });
        for (int i = 1; i < groups.size(); i++) {
            groups.get(i).save(out.in("group" + i), parameters);
        }
    }

    /** Reads what {@link #save} wrote, for the same groups. */
    void load(StateReader in, Map<String, Param> parameters) throws IOException {
        states.clear();
        for (Map.Entry<String, Param> entry : parameters.entrySet()) {
            StateReader of = in.in(entry.getKey());
            if (of.hasValue("steps")) {
                OptimizerState state = new OptimizerState(groupOf(entry.getValue()));
                state.load(of, entry.getValue().value());
                states.put(entry.getValue(), state);
            }
        }
        for (int i = 1; i < groups.size(); i++) {
            groups.get(i).load(in.in("group" + i), parameters);
        }
    }
}
