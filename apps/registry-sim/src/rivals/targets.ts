import { between, type Random, stream } from '../random.ts'
import { isFinal, type Strategy } from './strategy.ts'

/** The names that a rival tries, by the registry's clock: those whose window is open, repeatedly, in a seeded order. */
export type Targets = {
  /** Reads the list (draft-sattler-domain-drop-list: TLD,DOMAIN,EXPIRED,PURGED). A name stays until its window is over. */
  learn(csv: string): void
  /** The names whose window is open now, in the order in which they were listed. */
  openNames(nowMs: number): readonly string[]
  /** The name to try now; `undefined` when no window is open. */
  next(nowMs: number): string | undefined
  /** Gives a name up: it is ours, or not available. */
  drop(name: string): void
}

export type Window = { readonly earlyMs: number; readonly lateMs: number }

function shuffle<Item>(items: Item[], random: Random): Item[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = between(random, 0, last)
    const [a, b] = [items[last], items[other]]
    if (a !== undefined && b !== undefined) [items[last], items[other]] = [b, a]
  }
  return items
}

/**
 * The same seed and lists give the same order of names; the connection decides when each is sent. `names`: what the rival wants; absent:
 * everything that is listed.
 */
export function makeTargets(
  seed: number,
  clid: string,
  { earlyMs, lateMs }: Window,
  names?: ReadonlySet<string>,
): Targets {
  const purgeMsByName = new Map<string, number>()
  const dropped = new Set<string>()
  const random = stream(seed, 'wire-rival', clid)
  let pass: string[] = []

  function openNames(nowMs: number): string[] {
    for (const [name, purgeMs] of purgeMsByName) if (nowMs > purgeMs + lateMs) purgeMsByName.delete(name)
    return [...purgeMsByName].filter(([, purgeMs]) => nowMs >= purgeMs - earlyMs).map(([name]) => name)
  }

  return {
    openNames,
    learn(csv) {
      for (const row of csv.trimEnd().split('\n').slice(1)) {
        const [, name = '', , purged = ''] = row.split(',')
        const key = `${name} ${purged}`
        if (names?.has(name) === false) continue
        if (!dropped.has(key)) purgeMsByName.set(name, Date.parse(purged))
      }
    },
    next(nowMs) {
      for (let name = pass.pop(); name !== undefined; name = pass.pop()) {
        const purgeMs = purgeMsByName.get(name)
        if (purgeMs !== undefined && nowMs <= purgeMs + lateMs) return name
      }
      pass = shuffle(openNames(nowMs), random)
      return pass.pop()
    },
    drop(name) {
      const purgeMs = purgeMsByName.get(name)
      purgeMsByName.delete(name)
      if (purgeMs !== undefined) dropped.add(`${name} ${instant(purgeMs)}`)
    },
  }
}

/** A plain loop of creates over the open names. */
export function loopOver(targets: Targets): Strategy {
  return {
    learn: (csv) => targets.learn(csv),
    isOpen: (nowMs) => targets.openNames(nowMs).length > 0,
    next(nowMs) {
      const name = targets.next(nowMs)
      return name === undefined ? undefined : { kind: 'create', name }
    },
    observe({ name }, { code }) {
      if (isFinal(code)) targets.drop(name)
    },
  }
}

/** A time as in the list. */
function instant(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z')
}
