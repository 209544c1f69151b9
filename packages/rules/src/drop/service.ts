/**
 * A name whose release may come at any moment is tried at least once in this many seconds, or not at all: with longer pauses it would be
 * lost almost certainly, and the names before it would lose turns for nothing. Rule 23.
 */
export const TURN_SECONDS_MAX = 10

/** How many names of unknown release an account can serve together. The others wait, in the order of service, until one is decided. */
export function servedMax(commandsPerSecondMax: number): number {
  return Math.max(1, Math.floor(commandsPerSecondMax * TURN_SECONDS_MAX))
}
