/** Milliseconds since the epoch by the *registry's* clock, as far as `hello` lets us know it. Purges happen by that clock. */
export type RegistryMs = number

/** What the catcher knows of one target, in memory; the database's row is the truth of its state. */
export type Target = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly orderedAt: Date
  readonly armedAt: Date
  readonly dropFromMs: RegistryMs
  readonly graceUntilMs: RegistryMs
  readonly prior: Prior
  readonly phase: Phase
  /** A command about it is under way. */
  readonly busy: boolean
  readonly lastSentMs: RegistryMs | null
  readonly createsSinceInfo: number
  /** The last `info` found no such object: create it, however late. */
  readonly seenFree: boolean
}

/** The registration that is to be deleted; `unknown` until `info` told it. */
export type Prior =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly crDate: Date | null; readonly clid: string | null }

/**
 * waiting: armed, may be prepared · firing: the database knows that creates may be under way · doubtful: a create was sent
 * and its answer is unknown, so only `info` may be sent · decided: nothing more is sent.
 */
export type Phase = 'waiting' | 'firing' | 'doubtful' | 'decided'
