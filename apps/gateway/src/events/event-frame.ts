import { AccountEvent } from '@droplock/contracts/events'
import type { FeedEvent } from '@droplock/core/events/feed'
import { isAccountTopic } from '@droplock/rules/events'
import type { z } from '@hono/zod-openapi'

/** What is given to a stream of server-sent events (HTML Living Standard, section 9.2). */
export type Frame =
  | { readonly kind: 'event'; readonly position: bigint; readonly text: string }
  /** Everything up to `position` was given. */
  | { readonly kind: 'heartbeat'; readonly position: bigint; readonly text: string }
  | { readonly kind: 'comment'; readonly text: string }

/** An event as the feed and the stream send it; undefined for one that no account gets. */
export function presentEvent({ id, topic: type, occurredAt, position, data }: FeedEvent) {
  if (!isAccountTopic(type)) return undefined
  const event = { id, type, timestamp: occurredAt.toISOString(), cursor: position.toString(), data }
  // Its topic determines its data, which the contract's schema checks.
  return event as z.input<typeof AccountEvent>
}

/** Undefined also for an event that violates the contract. */
export function frameOf(event: FeedEvent): Extract<Frame, { kind: 'event' }> | undefined {
  const { data } = AccountEvent.safeParse(presentEvent(event))
  if (data === undefined) return undefined
  const text = `id: ${data.cursor}\nevent: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
  return { kind: 'event', position: event.position, text }
}

/** How soon a client that lost its stream connects again. Milliseconds. */
const RETRY_MS = 1_000

/** The beginning of a stream. Its id is the cursor that a client continues from if nothing follows; no event comes of it. */
export function beginning(position: bigint): string {
  return `retry: ${RETRY_MS}\nid: ${position}\n\n`
}

/** Keeps the connection open, and moves the cursor of a client for which nothing happens, so that it does not grow old. */
export function heartbeat(position: bigint): Frame {
  return { kind: 'heartbeat', position, text: `: heartbeat\nid: ${position}\n\n` }
}

/** Events after the client's cursor are gone: what it knows may be out of date. Everything after `position` follows. */
export function resync(position: bigint, oldestCursor: string): string {
  const data = JSON.stringify({ code: 'event_cursor_gone', oldest_cursor: oldestCursor })
  return `id: ${position}\nevent: resync\ndata: ${data}\n\n`
}

/** The last words of a stream. */
export function endComment(reason: EndReason): Frame {
  return { kind: 'comment', text: `: ${reason}\n\n` }
}

/** Why a stream ends: its process is about to end, its key may not be used any more, or the database was restored to an earlier state. */
export type EndReason = 'closing' | 'unauthenticated' | 'restored'
