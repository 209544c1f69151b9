/** More sources than attack at once from a few networks; the one that was seen first is forgotten. */
const SOURCES_MAX = 50_000

const MS_PER_SECOND = 1_000

/** What one source, an IPv4 address or an IPv6 /64, may ask for. */
export type SourceBounds = {
  /** How many a source may have at once after a quiet time. */
  readonly burst: number
  /** How many it gets back in a second. */
  readonly perSecond: number
}

type Budget = { left: number; atMs: number }

export type SourceBudgets = {
  /** Takes one, or `count`; false where fewer are left, and then none is taken. */
  readonly take: (source: string, count?: number) => boolean
  readonly isEmpty: (source: string) => boolean
  /**
   * Takes one that is known to be owed only afterwards, also where none is left: what many ask for at once is paid back before the source is
   * let in again.
   */
  readonly charge: (source: string) => void
}

/** What unauthenticated sources may cost this process: a bucket of tokens for each. */
export function openSourceBudgets(
  { burst, perSecond }: SourceBounds,
  monotonicMs = () => performance.now(),
): SourceBudgets {
  const budgets = new Map<string, Budget>()
  const read = (source: string): Budget => {
    const nowMs = monotonicMs()
    const budget = budgets.get(source)
    if (budget === undefined) return { left: burst, atMs: nowMs }
    budget.left = Math.min(burst, budget.left + ((nowMs - budget.atMs) * perSecond) / MS_PER_SECOND)
    budget.atMs = nowMs
    return budget
  }
  const spend = (source: string, budget: Budget, count: number) => {
    budget.left -= count
    if (budgets.size >= SOURCES_MAX) {
      const [oldest = ''] = budgets.keys()
      budgets.delete(oldest)
    }
    budgets.set(source, budget)
  }
  return {
    take: (source, count = 1) => {
      const budget = read(source)
      if (budget.left < count) return false
      spend(source, budget, count)
      return true
    },
    isEmpty: (source) => read(source).left < 1,
    charge: (source) => spend(source, read(source), 1),
  }
}
