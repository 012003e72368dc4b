package io.github.lanewise.nn.file;

/**
 * A number of JSON, as it is written: how exact it is, is for its reader to choose.
 *
 * @param text the number in JSON's syntax
 */
record JsonNumber(String text) {}
