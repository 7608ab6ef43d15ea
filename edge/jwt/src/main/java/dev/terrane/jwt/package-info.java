/**
 * Tokens: JSON Web Tokens signed with HS256. The one room that knows Nimbus JOSE+JWT.
 *
 * <pre>
 *   secret ── JwtIssuer ──► token ──(client)──► JwtVerifier ──► TokenCheck
 *   secret of several clusters ── TransferTokens ──► token ──(client)──► TransferTokens of another cluster
 * </pre>
 *
 * <p>Objects are immutable and any thread may use them; nothing blocks. Time comes as an argument. A bad token is a value
 * ({@link dev.terrane.gateway.TokenCheck.Refused}), never an exception, and no text of a token reaches a message. Start reading at
 * {@link dev.terrane.jwt.JwtVerifier}.
 */
@NullMarked
package dev.terrane.jwt;

import org.jspecify.annotations.NullMarked;
