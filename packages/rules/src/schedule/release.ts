/** How the registry of a zone releases names (rule 13). The catcher's plan depends on it. */
export const releases = [
  /** Daily from a fixed time, in a more or less predictable order; some registries have several batches a day. */
  'daily_batch',
  /** Each name at a known instant. */
  'exact_instant',
  /** Each name at a random moment within the window. */
  'random_in_window',
  /** On a server that is open for the window only. */
  'open_window',
  /** Creates are applications, awarded at the end of the period. */
  'applications',
] as const

export type Release = (typeof releases)[number]

export function isRelease(text: string): text is Release {
  return releases.some((release) => release === text)
}

/** The grace of a new zone: a batch may come a day late, and then again. Seconds. */
export const GRACE_SECONDS = 172_800

/** What says whether the release of a name is known to the instant. `expected…`: its window before submissions followed drops. */
export type ReleaseFacts = {
  readonly release: Release
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly expectedFrom: Date | null
  readonly expectedTo: Date | null
  readonly earlySeconds: number
  readonly lateSeconds: number
}

/**
 * The instant at which a name is released, where it is known: a window that was made from an exact time begins `earlySeconds` before it.
 * A server that is open for the window only takes creates from its beginning on.
 */
export function releaseInstant(facts: ReleaseFacts): Date | null {
  const { release, dropFrom, dropTo, earlySeconds, lateSeconds } = facts
  if (release === 'open_window') return dropFrom
  const lastsMs = (facts.expectedTo ?? dropTo).getTime() - (facts.expectedFrom ?? dropFrom).getTime()
  const isOne = release === 'exact_instant' || release === 'applications'
  const isAround = isOne && lastsMs === 1_000 * (earlySeconds + lateSeconds)
  return isAround ? new Date(dropFrom.getTime() + 1_000 * earlySeconds) : null
}
