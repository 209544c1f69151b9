/**
 * A name whose release may come at any moment is tried at least once in this many seconds, or not at all: with longer pauses it would be
 * lost almost certainly, and the names before it would lose turns for nothing. Rule 23.
 */
export const TURN_SECONDS_MAX = 10

/** How many names of unknown release an account can serve together. The others wait, in the order of service, until one is decided. */
export function servedMax(commandsPerSecondMax: number): number {
  return Math.max(1, Math.floor(commandsPerSecondMax * TURN_SECONDS_MAX))
}

/** Our accounts at a registry, and the place of this one among them (`rankOf`). */
export type AccountShare = { readonly rank: number; readonly accounts: number }

/**
 * Whether this account tries the name before those of the other accounts: each begins with its own part of the names, in the order of
 * service, so that no two of ours begin with the same name. Rule 29.
 */
export function beginsWith(listingId: string, { rank, accounts }: AccountShare): boolean {
  let hash = 0
  for (let index = 0; index < listingId.length; index += 1)
    hash = (Math.imul(hash, 31) + listingId.charCodeAt(index)) >>> 0
  return hash % Math.max(1, accounts) === rank
}
