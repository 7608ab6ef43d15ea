@NullMarked
package dev.terrane.server.recorder;

import org.jspecify.annotations.NullMarked;
