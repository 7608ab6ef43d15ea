@NullMarked
package dev.terrane.protocol.cluster;

import org.jspecify.annotations.NullMarked;
