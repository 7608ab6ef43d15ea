@NullMarked
package dev.terrane.server.cli.cluster;

import org.jspecify.annotations.NullMarked;
