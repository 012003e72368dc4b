/**
 * Files of JSON: data, never code, and hostile until they are read. Read {@link
 * io.github.lanewise.nn.file.Json} first; {@link io.github.lanewise.nn.file.AtomicFile} writes any
 * file whole or not at all.
 */
package io.github.lanewise.nn.file;
