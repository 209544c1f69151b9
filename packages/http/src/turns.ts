import type { Refusal } from '@droplock/rules/refusals'

type Turns = {
  /** Waits for a turn of `who`, first come, first served; calling what it returns ends the turn. Throws the refusal when too many wait. */
  take(who?: string): Promise<() => void>
}

type TurnBounds = {
  /** Turns at the same time, of all together. */
  readonly atOnceMax: number
  /** How many may wait; further ones are refused. */
  readonly waitingMax: number
  /** Turns at the same time for one `who`; further ones are refused. */
  readonly ofOneMax?: number
}

/** Limits how many costly tasks run at once in this process, and how many wait. */
export function openTurns(
  { atOnceMax, waitingMax, ofOneMax = Number.POSITIVE_INFINITY }: TurnBounds,
  refusal: () => Refusal,
): Turns {
  const waiting: (() => void)[] = []
  const ofOne = new Map<string, number>()
  let running = 0

  function end(who: string): void {
    const left = (ofOne.get(who) ?? 1) - 1
    if (left === 0) ofOne.delete(who)
    else ofOne.set(who, left)
    const next = waiting.shift()
    // The turn passes directly to the next in line, before any newcomer.
    if (next === undefined) running -= 1
    else next()
  }

  return {
    async take(who = '') {
      const own = ofOne.get(who) ?? 0
      const mustWait = running >= atOnceMax
      if (own >= ofOneMax || (mustWait && waiting.length >= waitingMax)) throw refusal()
      ofOne.set(who, own + 1)
      if (mustWait) await new Promise<void>((resolve) => waiting.push(resolve))
      else running += 1
      let ended = false
      return () => {
        if (ended) return
        ended = true
        end(who)
      }
    },
  }
}
