import type { TrustControl } from '@droplock/core/testing/trust-result'
import { lastLease, watchLeases } from '../../../../apps/catcher/test/matrix/dropday/watch-leases.ts'
import { ACCOUNT } from '../../../../apps/catcher/test/support/testbed.ts'
import { runRound } from '../service/round.ts'
import { startWorld } from '../service/world.ts'
import { judgeStops, LEASE_MS, leaseSettings } from './run-freeze.ts'
import { startTwin } from './twins.ts'

/** The first catcher counts on a minute, and does not ask meanwhile. */
const believed = {
  DROPLOCK_LEASE_MS: '60000',
  DROPLOCK_LEASE_RENEW_MS: '30000',
  DROPLOCK_LEASE_MARGIN_MS: '600',
}

/**
 * The lease of the first catcher ends in the database long before that catcher knows: what its clock guards is gone, as if nothing were
 * checked after a process was stopped. A second one takes over in the middle of a drop, and both send.
 */
export async function tryWithoutLease(): Promise<TrustControl> {
  await using cleanup = new AsyncDisposableStack()
  const world = await startWorld({ settings: { catcher: believed } })
  cleanup.use(world)
  const leases = watchLeases(world, LEASE_MS)
  cleanup.defer(() => leases.stop())
  await leases.look()
  const first = lastLease(leases, ACCOUNT)?.owner ?? ''
  const inject = async () => {
    await startTwin(world, 'catcher', leaseSettings, cleanup)
    await world.ctx.db
      .updateTable('registry_account')
      .set({ lease_expires_at: new Date() })
      .where('lease_owner', '=', first)
      .execute()
    return async () => undefined
  }
  await runRound(world, { number: 0, injection: { phases: ['drop'], inject }, isKept: true })
  const wrong = await judgeStops(world, leases, [], 0)
  return { name: 'the lease that a catcher counts on', caught: wrong.length > 0 }
}
