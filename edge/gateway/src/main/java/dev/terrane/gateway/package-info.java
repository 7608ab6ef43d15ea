/**
 * The porch: the agent between clients and cells. Clients know it and nothing of topology; it decides nothing of the game (D2, D3).
 *
 * <pre>
 *   door ── onMessage ──► Session ── CellInput ──► CellPort ──► cells
 *   door ◄── ClientLink ── Session ◄─ Mirror ◄─ GatewayInbox ◄── CellOutput ── cells
 *                             ├── Admissions (who may play, where) ──► server
 *                             └── CommandPort (durable commands) ──► command lane ── LaneOutput ──► GatewayInbox
 * </pre>
 *
 * <p><b>Threads.</b> One gateway belongs to one event loop: whatever is not marked otherwise is called there, so nothing locks. Any thread
 * may use {@link dev.terrane.gateway.GatewayInbox}, {@link dev.terrane.gateway.SessionListing} and
 * {@link dev.terrane.gateway.ConnectionLimits}. <b>Time</b> comes as an argument. <b>Errors</b> of clients are
 * {@link dev.terrane.protocol.client.ErrorCode}: sent, then the connection closes; nobody else notices. <b>Limits</b> stand in
 * {@link dev.terrane.gateway.GatewaySettings}. Start reading at {@link dev.terrane.gateway.Gateway}.
 */
@NullMarked
package dev.terrane.gateway;

import org.jspecify.annotations.NullMarked;
