import type { ZoneTiming } from '../../seed/zones.ts'

/** Names that are lost in one drop, for one account that owes. */
export const crowdSize = 1_000

export const zone = 'com'

/** Limits of our account: a name of the crowd takes some five commands, and a person waits for the end of it. */
export const limits = { sessionsMax: 6, commandsPerSecondMax: 400 }

/**
 * Orders by card close long before a drop, so names are ordered on a list that says *in an hour*; then a second list moves
 * them here. Their cut-off is past by then, and what was secured stays so (rule 6).
 */
export const listedAheadMs = 3_600_000
/** From the second list to the drop: publication, and an `info` for each name. */
export const dropAheadMs = (names: number): number => 4_000 + 8 * names

export const timing: ZoneTiming = {
  cutoffLeadSeconds: 60,
  dropLastsSeconds: 1,
  earlySeconds: 0,
  // The end of a name comes at once; the rest is for a machine that is busy with others.
  lateSeconds: 30,
  graceSeconds: 10,
}

/** Names are prepared as soon as they are armed. */
export const prepareLeadMs = 60_000

/** Orders that one account has under way at once. */
export const ordersAtOnce = 16

/** Beyond this something is wrong, not slow. */
export const stepMsMax = 20_000
export const decidedMsMax = 90_000
