/** What a fee check shows of a name. */
export const feeVerdicts = ['standard', 'premium', 'unknown'] as const

export type FeeVerdictWord = (typeof feeVerdicts)[number]

/** A name is asked about daily. Milliseconds. */
const EVERY_MS = 86_400_000

/** And so long before its cut-off: what is known then is what buyers see last. Milliseconds. */
const BEFORE_CUTOFF_MS = 3_600_000

/** After questions that showed nothing: the first pause, doubled each time up to a quarter of a day. Milliseconds. */
const RETRY_MS_MIN = 600_000
const RETRY_MS_MAX = 21_600_000

/** When a name is asked about again, after `attempts` questions in a row that showed nothing; 0: the last one showed its price. */
export function feeCheckAgainAt(attempts: number, cutoffAt: Date, now: Date): Date {
  const afterMs =
    attempts === 0 ? EVERY_MS : Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(attempts - 1, 10))
  const lastMs = +cutoffAt - BEFORE_CUTOFF_MS
  const nextMs = +now + afterMs
  return new Date(lastMs > +now && lastMs < nextMs ? lastMs : nextMs)
}
