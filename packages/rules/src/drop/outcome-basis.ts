/** What showed how a target ended; told to the customer with the outcome. */
export const outcomeBases = [
  /** The registry's answer to our create. */
  'create',
  /** What the registry tells of the name by `info`. */
  'info',
  /** The registry's quote of the fee. */
  'fee_check',
  /** What the registry publishes by RDAP. */
  'rdap',
  /** The registry says that the name is not ours, and nothing tells what happened: the likeliest is what counts. */
  'presumed',
] as const

export type OutcomeBasis = (typeof outcomeBases)[number]
