/** One command of a rival about one name. */
export type Attempt = { readonly kind: 'create' | 'info'; readonly name: string }

/** The answer to an attempt. Times are by the registry's clock, as far as the rival knows it; epoch ms. */
export type Outcome = {
  readonly code: number
  readonly sentMs: number
  readonly answeredMs: number
  /** When the registration that the answer shows began. */
  readonly crDateMs?: number | undefined
  /** Whether the answer shows a name that waits for its deletion. */
  readonly isPending: boolean
}

/** How a rival chooses its next command. */
export type Strategy = {
  /** Reads the registry's drop list (CSV). */
  learn(csv: string): void
  /** Whether there is anything to try now, by the registry's clock. */
  isOpen(nowMs: number): boolean
  /** The command to send now, while this share of the second's commands is used; `undefined` when there is none. */
  next(nowMs: number, usedShare: number): Attempt | undefined
  observe(attempt: Attempt, outcome: Outcome): void
}

/** Final answers to a create: registered, applied for, or never available. */
const FINAL = new Set([1000, 1001, 2003, 2004, 2005, 2104, 2201, 2306, 2308])

export function isFinal(code: number): boolean {
  return FINAL.has(code)
}
