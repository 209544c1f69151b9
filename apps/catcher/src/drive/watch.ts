import { readOurAccounts } from '@droplock/core/registries/read'
import { pause } from '../loops.ts'
import { knowOurs, type LeasedAccount } from './leased-account.ts'
import { readinessOf, readOutlook } from './readiness.ts'

/** How often alarms are written: operators see them within seconds. */
const WATCH_MS = 1_000

/** How often contacts and zones are read: changes of operators take effect, and missing data is reported, within this. */
const OUTLOOK_MS = 3_000

/** A used-up budget frees one create at a time, which is used at once. The alarm ends when there was room for this long. */
const ROOM_MS_MIN = 5_000

/**
 * Writes the alarms of the account until the signal aborts, and raises those of an account that can't create: it is not ready, or
 * the registry's budget of failed creates is used up. Names that drop within `leadMs` count, so that operators have days to act.
 * When the database is unavailable this is logged, and the alarms are written later.
 */
export async function watchUntil(leased: LeasedAccount, leadMs: number, signal: AbortSignal): Promise<void> {
  const followBudget = budgetFollower(leased)
  // The outlook was read just before.
  let readAtMs = leased.monotonicMs()
  while (!signal.aborted) {
    followBudget()
    try {
      if (leased.monotonicMs() - readAtMs >= OUTLOOK_MS) {
        leased.leaseState.outlook = await readOutlook(leased.ctx, leased.account, leadMs)
        knowOurs(leased.leaseState, await readOurAccounts(leased.ctx, leased.account.registryId))
        readAtMs = leased.monotonicMs()
      }
      followReadiness(leased)
      if (leased.lease.maySend()) await leased.alarms.flush(leased.ctx)
    } catch (error) {
      leased.log.error({ event: 'account.alarms_failed', err: error })
    }
    await pause(WATCH_MS, signal)
  }
}

function followReadiness(leased: LeasedAccount): void {
  const about = { kind: 'account_not_ready', subject: leased.account.id } as const
  const unready = readinessOf(leased)
  const [soonest] = unready.toSorted((one, other) => one.firstDropAt.getTime() - other.firstDropAt.getTime())
  if (soonest === undefined) return leased.alarms.clear(about)
  const facts = {
    zones: [...new Set(unready.flatMap(({ zones }) => zones))],
    missing: unready.flatMap(({ missing }) => missing),
    firstDropAt: soonest.firstDropAt.toISOString(),
  }
  leased.alarms.raise({ ...about, facts })
}

function budgetFollower({
  account,
  alarms,
  log,
  createPool,
  registryNowMs,
  monotonicMs,
}: LeasedAccount): () => void {
  const about = { kind: 'creates_exhausted', subject: account.id } as const
  let spentAtMs = -Infinity
  return () => {
    const pool = createPool()
    if (pool === undefined || pool.failedCreatesLeft() > 0) {
      if (monotonicMs() - spentAtMs < ROOM_MS_MIN) return
      spentAtMs = -Infinity
      return alarms.clear(about)
    }
    const inMs = pool.failedCreatesFreeAtMs() - monotonicMs()
    const freeAt = `${new Date(registryNowMs() + Math.max(0, inMs)).toISOString().slice(0, 19)}Z`
    if (spentAtMs === -Infinity) log.error({ event: 'account.creates_exhausted', freeAt })
    spentAtMs = monotonicMs()
    alarms.raise({ ...about, facts: { freeAt } })
  }
}
