/**
 * Door to the file system: a bounded row of files, of which the oldest makes room for the newest.
 *
 * <p>Knows nothing of what is in them but where a part begins that can be read without what stood before. One thread per ring. Errors are {@link
 * java.io.IOException}s: a full disk is one. Start reading at {@link FileRing}.
 */
@NullMarked
package dev.terrane.ring;

import org.jspecify.annotations.NullMarked;
