/**
 * A coordinator: its part in the log, what it hears of nodes, and what it decides while it leads.
 *
 * <pre>
 *   Beat, links ─► Pulses ─┐                        ┌─► MapNews to everybody, whoever leads
 *   Loads ─► LoadBook ─────┼─► CoordinatorLoop ─────┼─► Steward (leader) ─► entries ─► log
 *   log has changed ───────┘   every 10 ms, or woken└─► Lease for each Beat (leader)
 *   Propose ─► ProposalRules ─► log            AvatarNews, Claim ─► Whereabouts (a Directory)
 *   administrators ─► AdminApi ─► log, or Inquiries ─► Ask, Told
 * </pre>
 *
 * <p>The links' thread hears and never waits; one thread of the coordinator's own decides. Nothing is queued here: of each node the last word is kept, proposals are bounded by the log. Start reading at
 * {@link dev.terrane.server.coordinator.CoordinatorRole}.
 */
@NullMarked
package dev.terrane.server.coordinator;

import org.jspecify.annotations.NullMarked;
