@org.jspecify.annotations.NullMarked
package dev.terrane.server.gateways;
