package io.github.lanewise.nn.model;

/** The names under which the metadata of a safetensors file holds a model. */
final class ModelHeader {

    /** The version of the format; its presence makes a file a model. */
    static final String FORMAT = "lanewise.format";

    static final String CREATED_BY = "lanewise.createdBy";
    static final String ARCHITECTURE = "lanewise.architecture";
    static final String RANDOM = "lanewise.random";
    static final String INPUT_SHAPE = "lanewise.inputShape";
    static final String INPUT_NAMES = "lanewise.inputNames";
    static final String OUTPUT_NAMES = "lanewise.outputNames";
    static final String LABELS = "lanewise.labels";

    /** Begins the names of what a program added. */
    static final String ADDED = "lanewise.metadata.";

    /** Python's safetensors asks for this one, and takes it as "arrays for PyTorch". */
    static final String FRAMEWORK = "format";

    static final String PYTORCH = "pt";

    private ModelHeader() {}

    static String createdBy() {
        return ModelHeader.class.getModule().isNamed()
                ? ModelHeader.class
                        .getModule()
                        .getDescriptor()
                        .rawVersion()
                        .map(version -> "Lanewise " + version)
                        .orElse("Lanewise")
                : "Lanewise";
    }
}
