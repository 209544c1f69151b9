/** The drop-feed port: one reader per list format turns a byte stream into normalised rows and rejects, in file order. */

/** The scope of a list (rule 15). A snapshot has every pending name of its scope, an increment only some. */
export type ListScope = {
  readonly kind: 'snapshot' | 'increment'
  readonly zones: readonly string[]
  /** First and last drop date, `YYYY-MM-DD`; absent where the list does not state them. */
  readonly from?: string
  readonly to?: string
}

export type DropRow = {
  readonly kind: 'row'
  /** 1-based line in the decoded text; in a document, the place of the element. */
  readonly line: number
  /** A-label, lower case, no trailing dot, registrable in `zone`. */
  readonly name: string
  readonly zone: string
  /** The exact time, if the list states one. */
  readonly purgeAt?: Date
  /** `YYYY-MM-DD` in the list's own calendar. */
  readonly dropDate: string
}

export type RejectReason =
  | 'empty'
  | 'malformed'
  | 'invalid_name'
  | 'mixed_script'
  | 'zone_not_served'
  | 'below_registrable'
  | 'is_a_zone'
  | 'duplicate'
  | 'invalid_date'
  | 'past_date'
  | 'too_far_ahead'
  | 'unknown_time_zone'
  | 'not_text'
  | 'truncated'
  | 'beyond_limits'

export type RejectedRow = {
  readonly kind: 'reject'
  readonly line: number
  /** The raw text, cut to 200 characters, with U+FFFD in place of characters that cannot be stored. */
  readonly raw: string
  readonly reason: RejectReason
}

export type DropEntry = DropRow | RejectedRow
