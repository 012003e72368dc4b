/**
 * Training on many machines with the same bits as on one.
 *
 * <p>Read {@link io.github.lanewise.nn.distributed.ShardTree} first: it is the definition, and does
 * not know of workers. {@link io.github.lanewise.nn.distributed.Collective} is what training calls;
 * {@link io.github.lanewise.nn.distributed.LocalCollective} is the short implementation, {@link
 * io.github.lanewise.nn.distributed.TcpCollective} the one for machines. {@link
 * io.github.lanewise.nn.distributed.Rendezvous} says how workers started by a scheduler find each
 * other; manifests stand in {@code nn/docs/distributed}.
 *
 * <pre>{@code
 * Rendezvous place = Rendezvous.from(System.getenv()).orElseThrow();
 * RunIdentity run = new RunIdentity(place.run(), 8, modelHash, dataHash);
 * try (Collective workers = TcpCollective.join(place, run, new TcpSettings())) {
 *     trainer.collective(workers).fit(data, 10, 512);
 * }
 * }</pre>
 */
package io.github.lanewise.nn.distributed;
