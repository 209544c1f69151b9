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
