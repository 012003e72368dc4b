/**
 * Models as an HTTP service: {@link io.github.lanewise.serve.InferenceServer} answers for any
 * number of {@link io.github.lanewise.serve.ServedModel}s by the Open Inference Protocol.
 */
package io.github.lanewise.serve;
