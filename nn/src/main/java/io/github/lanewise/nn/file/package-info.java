/**
 * Files of arrays and of JSON: data, never code, and hostile until they are read.
 *
 * <p>Read {@link io.github.lanewise.nn.file.TensorFile} first: an open file of arrays by name, the
 * same for all formats. {@link io.github.lanewise.nn.file.Safetensors}, {@link
 * io.github.lanewise.nn.file.Npy} and {@link io.github.lanewise.nn.file.Npz} open and write; what
 * they write is {@link io.github.lanewise.nn.file.TensorData}. {@link
 * io.github.lanewise.nn.file.Json} is for all that is no array. Every file is written by {@link
 * io.github.lanewise.nn.file.AtomicFile}: whole, or not at all. What is wrong with a file is a
 * {@link io.github.lanewise.nn.file.FormatException}, in one line that names the file, the place,
 * what was expected and what was found.
 */
package io.github.lanewise.nn.file;
