package io.github.lanewise.tensorboard;

import java.util.Map;

/** Values that TensorBoard's plugins show: text and hyperparameters. */
final class Plugins {

    // Fields of SummaryMetadata and of its PluginData.
    private static final int PLUGIN_DATA = 1;
    private static final int PLUGIN_NAME = 1;
    private static final int CONTENT = 2;

    // Fields of Summary.Value that are used here.
    private static final int TAG = 1;
    private static final int TENSOR = 8;
    private static final int METADATA = 9;

    // Fields of TensorProto, its shape and that one's dimension; the type of strings.
    private static final int DTYPE = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int DIM = 2;
    private static final int SIZE = 1;
    private static final int STRING_VAL = 8;
    private static final long STRINGS = 7;

    // Fields of HParamsPluginData and what is in it; of google.protobuf.Value.
    private static final int SESSION_START = 3;
    private static final int SESSION_END = 4;
    private static final int HPARAMS = 1;
    private static final int START_TIME = 5;
    private static final int STATUS = 1;
    private static final int END_TIME = 2;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int NUMBER_VALUE = 2;
    private static final int STRING_VALUE = 3;
    private static final int BOOL_VALUE = 4;
    private static final long SUCCESS = 1;
    private static final long FAILURE = 2;

    private Plugins() {}

    private static Message metadata(String plugin, Message content) {
        Message data = new Message().text(PLUGIN_NAME, plugin);
        if (content != null) {
            data.message(CONTENT, content);
        }
        return new Message().message(PLUGIN_DATA, data);
    }

    /** Returns a value with text, which TensorBoard reads as Markdown. */
    static Message text(String tag, String text) {
        Message shape = new Message().message(DIM, new Message().number(SIZE, 1L));
        Message tensor =
                new Message()
                        .number(DTYPE, STRINGS)
                        .message(TENSOR_SHAPE, shape)
                        .text(STRING_VAL, text);
        return new Message()
                .text(TAG, tag + "/text_summary")
                .message(TENSOR, tensor)
                .message(METADATA, metadata("text", null));
    }

    /** Returns a value that says that a run with these hyperparameters begins. */
    static Message sessionStart(Map<String, ?> hparams, double time) {
        Message start = new Message();
        hparams.forEach(
                (name, value) ->
                        start.message(
                                HPARAMS,
                                new Message().text(KEY, name).message(VALUE, value(name, value))));
        start.number(START_TIME, time);
        return hparams("session_start_info", new Message().message(SESSION_START, start));
    }

    /** Returns a value that says that the run is over. */
    static Message sessionEnd(boolean success, double time) {
        Message end =
                new Message().number(STATUS, success ? SUCCESS : FAILURE).number(END_TIME, time);
        return hparams("session_end_info", new Message().message(SESSION_END, end));
    }

    private static Message hparams(String tag, Message content) {
        return new Message()
                .text(TAG, "_hparams_/" + tag)
                .message(METADATA, metadata("hparams", content));
    }

    private static Message value(String name, Object value) {
        return switch (value) {
            case Boolean flag -> new Message().flag(BOOL_VALUE, flag);
            case Number number -> new Message().number(NUMBER_VALUE, number(number));
            case CharSequence text -> new Message().text(STRING_VALUE, text.toString());
            case Enum<?> constant -> new Message().text(STRING_VALUE, constant.name());
            case null, default ->
                    throw new IllegalArgumentException(
                            "hparams: %s is %s; give a number, a boolean or text"
                                    .formatted(
                                            name,
                                            value == null ? "null" : "a " + value.getClass()));
        };
    }

    /** A float such as 0.1f is meant as 0.1, and TensorBoard shows all digits of a double. */
    private static double number(Number number) {
        return number instanceof Float f
                ? Double.parseDouble(Float.toString(f))
                : number.doubleValue();
    }
}
