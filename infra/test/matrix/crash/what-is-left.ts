import { onServer } from '@droplock/core/testing/server'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import type { Stage } from './stage.ts'

/** What must not be there once everything has been done. */
const work: Readonly<Record<string, string>> = {
  'orders are undecided': `backorder where state in ('pending_payment', 'backordered', 'registering')`,
  'names are being caught': 'catch_target where decided_at is null',
  'refunds are not paid': `refund where state in ('proposed', 'approved', 'processing')`,
  'events of the provider are not handled': 'provider_event where handled_at is null',
  'tasks at the provider are not done': 'provider_task where done_at is null',
  'lists are neither published nor given up': `sync_run where state not in ('published', 'failed', 'discarded')`,
  'events have no position': 'event where position is null',
  'webhooks are not delivered': `event_delivery where state <> 'delivered'`,
  'registry accounts are leased by nobody':
    'registry_account where lease_expires_at is null or lease_expires_at < clock_timestamp()',
}

const LOOK_MS = 100

/** Waits until nothing is left to do. What still is then. */
export function whatIsLeft({ postgres, patienceMs }: Stage): Promise<readonly string[]> {
  const counts = Object.entries(work).map(([what, rows]) => `select '${what}' as what, count(*) from ${rows}`)
  return onServer(postgres.url, async (client) => {
    let left: readonly string[] = []
    await holdsWithin({ everyMs: LOOK_MS, msMax: patienceMs }, async () => {
      const { rows } = await client.query<{ what: string; count: string }>(counts.join(' union all '))
      left = rows.filter(({ count }) => count !== '0').map(({ what, count }) => `${count} ${what}`)
      return left.length === 0
    })
    return left
  })
}
