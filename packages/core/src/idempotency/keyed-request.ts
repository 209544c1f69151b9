import { createHash } from 'node:crypto'
import type { Scope } from '@droplock/rules/accounts'
import { Refusal } from '@droplock/rules/refusals'
import type { AccountContext } from '../context.ts'

/** A request that creates or pays, under the Idempotency-Key of its client (ADR 23). */
export type KeyedRequest = {
  /** As the client chose it: from 1 to 255 printable characters. */
  readonly key: string
  /** 0: the request itself; from 1: an item of it (see `itemOf`). */
  readonly item: number
  /** SHA-256 of operation, path and body. */
  readonly contentSha256: Uint8Array
  /** Without it the key's answer is not given either. */
  readonly scope: Scope
}

/** An answer as it is sent and stored: a success, less what is secret. */
export type Answer = {
  readonly status: 200 | 201 | 202
  /** The path of what was made. */
  readonly location: string | null
  /** JSON. */
  readonly body: string
}

/** `replayed`: the work was done by an earlier request with the same key. */
export type GivenAnswer = Answer & { readonly replayed: boolean }

/**
 * A part of a request that is done in a transaction of its own, as an item of a bulk order: under the same key, which no client can use
 * for anything else. `index` counts from 0; `content` identifies what the item asks for.
 */
export function itemOf(request: KeyedRequest, index: number, content: string): KeyedRequest {
  return { ...request, item: index + 1, contentSha256: createHash('sha256').update(content).digest() }
}

/** Identifies a request of an account for as long as its key is kept. */
export function nameOfRequest({ actor }: Pick<AccountContext, 'actor'>, { key, item }: KeyedRequest): string {
  return `${actor.accountId} ${item} ${key}`
}

/** The advisory lock of a request: 64 bits of a hash that nobody can aim at another account's. */
export function lockOf(ctx: Pick<AccountContext, 'actor'>, request: KeyedRequest): bigint {
  return createHash('sha256').update(nameOfRequest(ctx, request)).digest().readBigInt64BE()
}

/** Throws Refusal('idempotency_key_reused') where the key's answer is that of another request. */
export function requireSameContent(stored: Uint8Array, { contentSha256 }: KeyedRequest): void {
  if (Buffer.compare(stored, contentSha256) === 0) return
  throw new Refusal(
    'idempotency_key_reused',
    'This Idempotency-Key was used for another request. Use a new key for a new request.',
  )
}

export function requestRunning(): Refusal {
  return new Refusal(
    'request_in_progress',
    'The first request with this Idempotency-Key is still being processed. Send this one again for its answer.',
  )
}
