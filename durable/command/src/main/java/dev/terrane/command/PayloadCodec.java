package dev.terrane.command;

/** Between payload bytes and records. Any thread may call it. */
public interface PayloadCodec {
    /** @throws PayloadRefusedException naming the field that is missing, of the wrong kind or out of range. Unknown fields are ignored */
    <P extends Record> P decode(CommandType<P> type, byte[] payload) throws PayloadRefusedException;

    /** Of a payload or of what a result carries. */
    byte[] encode(Record value);
}
