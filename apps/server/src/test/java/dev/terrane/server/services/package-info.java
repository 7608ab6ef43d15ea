@NullMarked
package dev.terrane.server.services;

import org.jspecify.annotations.NullMarked;
