/**
 * The registrar port: what the catcher asks of one logged-in EPP session pool of one registry account. The real adapter
 * is `packages/epp`; every implementation passes the same conformance suite.
 */

/** Milliseconds on the process's monotonic clock; comparable only with each other. */
export type MonotonicMs = number

/** What was asked and when; kept as evidence, whatever came of it. */
export type Sent = {
  readonly clTRID: string
  readonly sentAt: Date
  readonly sentAtMs: MonotonicMs
}

/** The registry answered. `code` is an RFC 5730 §3 result code; `data` is present when the code is 1xxx and carries data. */
export type Answered<Data> = Sent & {
  readonly kind: 'answered'
  readonly code: number
  readonly message: string
  readonly svTRID: string
  readonly answeredAtMs: MonotonicMs
  readonly data?: Data
}

/** Nothing reached the registry: no session, no permit in time, or the write failed before any octet left. Safe to retry. */
export type NotSent = {
  readonly kind: 'not_sent'
  readonly reason: string
}

/** The command left and no answer came. Whether it took effect is unknown; only `info` can tell. */
export type Unknown = Sent & {
  readonly kind: 'unknown'
  readonly reason: string
}

export type Answer<Data> = Answered<Data> | NotSent | Unknown

export type CreateDomain = {
  readonly name: string
  readonly clTRID: string
  /** Years; always 1 (rule 8). */
  readonly years: 1
  readonly registrant?: string
  readonly authInfo: string
}

export type Created = {
  readonly name: string
  readonly crDate: Date
  readonly exDate?: Date
}

/** RFC 5731 §3.1.2, with the RGP statuses of RFC 3915 when the extension was logged in. */
export type DomainInfo = {
  readonly name: string
  readonly roid: string
  readonly clID: string
  readonly crDate?: Date
  readonly exDate?: Date
  readonly statuses: readonly string[]
  readonly rgpStatuses: readonly string[]
}

export type Availability = {
  readonly name: string
  readonly available: boolean
  readonly reason?: string
}

/** Registry clock minus ours, and how far it can be off: half the hello's round trip (Cristian). Milliseconds. */
export type ClockOffset = {
  readonly offsetMs: number
  readonly errorMs: number
}

export type Registrar = {
  /**
   * `onSend` is called synchronously just before the first octet leaves: the place for a write-ahead record and for the
   * last look at the lease. When it throws, nothing leaves and the answer is `not_sent`.
   */
  create(order: CreateDomain, onSend?: (sent: Sent) => void): Promise<Answer<Created>>
  info(name: string, clTRID: string): Promise<Answer<DomainInfo>>
  check(names: readonly string[], clTRID: string): Promise<Answer<readonly Availability[]>>
  measureClock(): Promise<ClockOffset>
  /** Logs out what can be logged out, ends every session. Never throws. */
  close(): Promise<void>
}
