import type { RegistryMs } from './clock.ts'

/** What the catcher knows of one target, in memory; the database's row is the truth of its state. */
export type Target = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  /** Order of service: order time, then listing id. Price never counts. */
  readonly orderedAtMs: number
  readonly armedAt: Date
  readonly dropFromMs: RegistryMs
  readonly dropToMs: RegistryMs
  readonly graceUntilMs: RegistryMs
  readonly prior: Prior
  readonly phase: Phase
  readonly busy: boolean
  readonly lastSentMs: RegistryMs | null
  readonly createsSinceInfo: number
  /** The last `info` found no such object: create it, however late. */
  readonly seenFree: boolean
}

/** The registration that is to be deleted; `unknown` until `info` told it. */
export type Prior = { readonly kind: 'unknown' } | { readonly kind: 'known'; readonly crDate: Date | null }

/**
 * waiting: armed, may be prepared · firing: the database knows that creates may be under way · doubtful: a create was sent
 * and its answer is unknown, so only `info` may be sent · decided: nothing more is sent.
 */
export type Phase = 'waiting' | 'firing' | 'doubtful' | 'decided'
