/**
 * Matrix products. Read {@code BlockedProduct} first: the loops over blocks, packed panels and
 * tiles; then {@code TileColumn} and {@code FullTile}, the microkernel. {@code SmallProduct} holds
 * products that do not pay for packing, {@code BlockEpilogue} what follows a block.
 */
package io.github.lanewise.engine.internal.simd.gemm;
