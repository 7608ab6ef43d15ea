/** How the server writes its log: pretty for people, JSON for machines. The one room that knows Logback. */
@NullMarked
package dev.terrane.server.logging;

import org.jspecify.annotations.NullMarked;
