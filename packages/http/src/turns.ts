import type { Refusal } from '@droplock/rules/refusals'

type Turns = {
  /** Waits for a turn of `who`, first come, first served; calling what it returns ends the turn. Throws the refusal when too many wait. */
  take(who?: string): Promise<() => void>
}

type TurnBounds = {
  /** Turns at the same time, of all together. */
  readonly atOnceMax: number
  /** How many may wait for theirs; whoever comes then is refused. */
  readonly waitingMax: number
  /** Turns at the same time of one `who`, who is refused then. */
  readonly ofOneMax?: number
}

/** Bounds how much of a costly work is done at once in this process, and how much waits. */
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
    // The turn goes to the next as it is: nobody who comes just now is before them.
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
