import type { Random } from '../random.ts'
import type { Attempt } from './strategy.ts'

/** When a rival's sessions may send. */
export type Turns = {
  /**
   * Waits for a turn, and asks what to send then; `usedShare` is how much of the second's commands is used. `undefined` when there is
   * nothing to send: the session asks again.
   */
  take(choose: (usedShare: number) => Attempt | undefined): Promise<Turn | undefined>
}

/** `done` is to be called when the answer has come, or will not come. */
type Turn = { readonly attempt: Attempt; done(): void }

export type Pace = {
  /** By which the rival paces itself: a little less than its limit. */
  readonly commandsPerSecond: number
  readonly random: Random
  readonly rest: (ms: number) => Promise<void>
}

const SECOND_MS = 1000
/** Each pause between two commands is off by up to this share: otherwise rivals that started together would keep their places for ever. */
const PAUSE_JITTER = 0.2
/** How often it is asked whether a command is worth it now, and how often at most before the session looks around. */
const LOOK_MS = 2
const LOOKS_MAX = 50

/** One command after the other at an even pace, whatever it is worth. */
export function evenTurns({ commandsPerSecond, random, rest }: Pace): Turns {
  const gapMs = SECOND_MS / commandsPerSecond
  let nextMs = 0
  return {
    async take(choose) {
      const nowMs = performance.now()
      const slotMs = Math.max(nowMs, nextMs)
      nextMs = slotMs + gapMs * (1 - PAUSE_JITTER + 2 * PAUSE_JITTER * random())
      if (slotMs > nowMs) await rest(slotMs - nowMs)
      const attempt = choose(0)
      return attempt && { attempt, done: () => undefined }
    },
  }
}

/**
 * A command as soon as it is worth it, while fewer than the second's commands count. One counts until a second after its answer, since it
 * is not known when the registry received it.
 */
export function rollingTurns({ commandsPerSecond, rest }: Pace): Turns {
  const counted: { untilMs: number }[] = []
  let before: Promise<unknown> = Promise.resolve()

  function usedNow(): number {
    const nowMs = performance.now()
    for (let index = counted.length - 1; index >= 0; index -= 1)
      if ((counted[index]?.untilMs ?? 0) <= nowMs) counted.splice(index, 1)
    return counted.length
  }

  async function wait(choose: (usedShare: number) => Attempt | undefined): Promise<Turn | undefined> {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const used = usedNow()
      const attempt = used < Math.floor(commandsPerSecond) ? choose(used / commandsPerSecond) : undefined
      if (attempt !== undefined) {
        const command = { untilMs: Infinity }
        counted.push(command)
        return { attempt, done: () => (command.untilMs = performance.now() + SECOND_MS) }
      }
      await rest(LOOK_MS)
    }
    return undefined
  }

  return {
    // One session at a time looks for what is worth a command.
    take(choose) {
      const turn = before.then(() => wait(choose))
      before = turn.catch(() => undefined)
      return turn
    },
  }
}
