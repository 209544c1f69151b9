import { clearAlarm } from '@droplock/core/alarms/clear'
import { raiseAlarm } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Logger } from '@droplock/observability/logger'
import type { RegistryMs } from '../plan/target.ts'

/** A spent budget frees one create at a time, which is spent at once: the alarm is over when there was room for so long. */
const ROOM_MS_MIN = 5_000

type Budgeted = {
  readonly ctx: Context
  readonly log: Logger
  readonly account: { readonly id: string }
  readonly pool: Pick<RegistrarPool, 'failedCreatesLeft' | 'failedCreatesFreeAtMs'>
  readonly registryNowMs: () => RegistryMs
  readonly monotonicMs: () => number
}

/** The alarm that the registry's budget of failed creates is used up; `follow` brings it in line with the budget. */
export function createBudgetAlarm(on: Budgeted): { readonly follow: () => Promise<void> } {
  const { ctx, pool, monotonicMs } = on
  const alarm = { kind: 'creates_exhausted', subject: on.account.id } as const
  // A predecessor may have left one open.
  let isRaised = true
  let spentAtMs = -Infinity
  const raise = async () => {
    const inMs = pool.failedCreatesFreeAtMs() - monotonicMs()
    const freeAt = new Date(on.registryNowMs() + Math.max(0, inMs)).toISOString().slice(0, 19)
    if (spentAtMs === -Infinity) on.log.error({ event: 'account.creates_exhausted', freeAt })
    spentAtMs = monotonicMs()
    await raiseAlarm(ctx, { ...alarm, facts: { freeAt: `${freeAt}Z` } })
    isRaised = true
  }
  return {
    follow: async () => {
      if (pool.failedCreatesLeft() === 0) return raise()
      if (!isRaised || monotonicMs() - spentAtMs < ROOM_MS_MIN) return
      await clearAlarm(ctx, alarm)
      isRaised = false
      spentAtMs = -Infinity
    },
  }
}
