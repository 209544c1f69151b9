import type { ZoneTiming } from '../../seed/zones.ts'

/** Names that are lost in one drop, for one account that owes. */
export const crowdSize = 1_000

export const registryId = 'money'
export const zone = 'com'

/** Limits of our account: a name of the crowd takes about five commands, and a person waits for the end of it. */
export const limits = { sessionsMax: 6, commandsPerSecondMax: 400 }

/**
 * Orders by card close long before a drop. So names are ordered from a list that announces their drop in an hour, and a second list
 * then brings the drop forward. Their cut-off is past by then, and what was secured stays so (rule 6).
 */
export const listedAheadMs = 3_600_000
/** From the second list to the drop: publication, and an `info` for each name. */
export const dropAheadMs = (names: number): number => 4_000 + 8 * names

export const timing: ZoneTiming = {
  cutoffLeadSeconds: 60,
  dropLastsSeconds: 1,
  earlySeconds: 0,
  // A name is decided at once; the rest is for a machine that is busy with other work.
  lateSeconds: 30,
  graceSeconds: 10,
}

/** Orders that one account has under way at once. */
export const ordersAtOnce = 16

/** Beyond this something is wrong, not slow. */
export const stepMsMax = 20_000
export const decidedMsMax = 90_000
