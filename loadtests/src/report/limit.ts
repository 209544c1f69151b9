import { OTHERS } from '../side-car/watch-processes.ts'
import type { RunData } from './read-run.ts'
import type { Verdict } from './verdict.ts'

/** What the processes of one kind took of the machine while the load was on. */
export type Use = {
  readonly app: string
  /** Cores. */
  readonly mean: number
  readonly largest: number
  /** Mebibytes. */
  readonly memoryMb: number
}

/** A machine, or a process with one thread, that is this busy has no processor time left. */
const BUSY_SHARE = 0.9
/** Each connection of the database has a process of its own; every app runs its code in one thread. */
const manyProcesses: ReadonlySet<string> = new Set(['postgres', OTHERS])

/** What each kind of process used from the first to the last second in which iterations of the load ended, the largest first. */
export function useWithinLoad({
  seconds,
  resources,
}: Pick<RunData, 'seconds' | 'resources'>): readonly Use[] {
  const loaded = seconds.filter(({ at, metric }) => at > 0 && metric === 'from_due').map(({ at }) => at)
  const first = loaded.reduce((low, at) => Math.min(low, at), Number.POSITIVE_INFINITY)
  const last = loaded.reduce((high, at) => Math.max(high, at), 0)
  const within = resources.filter(({ at }) => at >= 1_000 * first && at < 1_000 * (last + 1))
  const looks = new Set(within.map(({ at }) => at)).size
  return [...Map.groupBy(within, ({ app }) => app)]
    .map(([app, own]) => ({
      app,
      mean: own.reduce((total, { cpu }) => total + cpu, 0) / looks,
      largest: Math.max(...own.map(({ cpu }) => cpu)),
      memoryMb: Math.max(...own.map(({ memoryMb }) => memoryMb)),
    }))
    .toSorted((one, other) => other.mean - one.mean)
}

/** What kept the service from more, as a sentence: the processor, and whose use of it; or nothing, as the rate was held. Undefined of no use at all. */
export function limitOf(uses: readonly Use[], cores: number, kind: Verdict['kind']): string | undefined {
  const [most] = uses
  if (most === undefined) return undefined
  const total = uses.reduce((sum, { mean }) => sum + mean, 0)
  if (total >= BUSY_SHARE * cores)
    return `Limited by the processor: ${total.toFixed(2)} of ${cores} cores were used, ${most.mean.toFixed(2)} of them by ${most.app}.`
  const single = uses.find(({ app, mean }) => !manyProcesses.has(app) && mean >= BUSY_SHARE)
  if (single !== undefined)
    return `Limited by the processor time of ${single.app}, whose one thread used ${single.mean.toFixed(2)} cores.`
  return {
    passed: 'Limited by nothing: the rate was held.',
    crossed: 'Not limited by the processor.',
    refused: 'Limited by the load generator.',
  }[kind]
}
