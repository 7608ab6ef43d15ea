/** The house rules as tests: who may know whom, what pure rooms must not touch, how long a file may be, how tests are named. */
@NullMarked
package dev.terrane.rules;

import org.jspecify.annotations.NullMarked;
