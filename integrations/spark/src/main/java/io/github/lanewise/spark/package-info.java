/** Estimators of Spark ML that train networks on a cluster, to the bits of one machine. */
package io.github.lanewise.spark;
