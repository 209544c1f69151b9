/** The machine's time as epoch milliseconds; a test gives its own. */
export type Clock = { nowMs(): number }

export const systemClock: Clock = { nowMs: () => Date.now() }
