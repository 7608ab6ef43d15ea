package dev.terrane.standby;

/**
 * What an owner sends its standby.
 *
 * @param stream rises when everything begins anew, with a header and a base
 * @param number within its stream, from 0 without a hole
 * @param frame of a recording; not to be changed
 */
public record Piece(long stream, long number, byte[] frame) {}
