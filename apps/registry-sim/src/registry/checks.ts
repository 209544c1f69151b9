import { type Account, type RecentUse, slide } from './account.ts'
import type { Registry } from './registry.ts'

/** Names that one account checked or created recently. Beyond this the oldest are dropped. */
const NAMES_WATCHED_MAX = 100_000

function recentUseOf({ recentUse: names }: Account, name: string): RecentUse {
  const known = names.get(name) ?? { checks: [], createdMs: Number.NEGATIVE_INFINITY }
  // Set again, so that the map keeps the order of use.
  names.delete(name)
  names.set(name, known)
  const [oldest] = names.keys()
  if (names.size > NAMES_WATCHED_MAX && oldest !== undefined) names.delete(oldest)
  return known
}

/** Records a create, after which a check of the name is a violation for a while. */
export function noteCreate(registry: Registry, account: Account, name: string, nowMs: number): void {
  if (registry.settings.checksOfName?.afterCreateMs !== undefined)
    recentUseOf(account, name).createdMs = nowMs
}

/** Counts a check of `name`. Returns the delay of its answer in ms, 0 if it keeps the rules. */
export function noteCheck(registry: Registry, account: Account, name: string, nowMs: number): number {
  const rule = registry.settings.checksOfName
  if (rule === undefined) return 0
  const known = recentUseOf(account, name)
  slide(known.checks, nowMs, rule.windowMs)
  known.checks.push(nowMs)
  const afterCreate = nowMs - known.createdMs < (rule.afterCreateMs ?? 0)
  if (known.checks.length <= rule.max && !afterCreate) return 0
  account.violations.checks += 1
  return rule.slowMs
}
