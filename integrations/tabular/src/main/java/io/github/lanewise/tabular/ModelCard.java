package io.github.lanewise.tabular;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Where a model came from and how good it was (Mitchell et al., "Model cards for model reporting",
 * 2019).
 *
 * @param recipe how its networks were trained
 * @param seed of everything drawn
 * @param source the table that it was trained on
 * @param leaderBoard measures on the test rows of prior, linear model and network
 * @param createdBy the program that trained it, with its version
 * @param java the version of Java that ran it
 */
public record ModelCard(
        Recipe recipe,
        long seed,
        Source source,
        SequencedMap<String, Measures> leaderBoard,
        String createdBy,
        String java) {

    /** Copies the map. */
    public ModelCard {
        leaderBoard = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(leaderBoard));
    }

    static ModelCard of(
            Recipe recipe, long seed, Source source, SequencedMap<String, Measures> leaderBoard) {
        String version =
                ModelCard.class.getModule().isNamed()
                        ? ModelCard.class.getModule().getDescriptor().rawVersion().orElse("")
                        : "";
        return new ModelCard(
                recipe,
                seed,
                source,
                leaderBoard,
                ("Lanewise " + version).strip(),
                Runtime.version().toString());
    }
}
