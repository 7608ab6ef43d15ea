package dev.terrane.cell;

import dev.terrane.base.CellId;

/** Code outside a cell's writer tried to change the cell. Always a bug in the caller. */
public final class NotTheWriterException extends IllegalStateException {
    NotTheWriterException(CellId wanted, String actual) {
        super("cell %s may be written only by its own tick, but the caller is %s; offer a CellInput to its inbox"
                .formatted(wanted, actual));
    }
}
