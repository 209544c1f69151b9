import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext } from '@droplock/core/context'
import { closeDue } from '@droplock/core/schedule/steps'
import { hold, pay } from '../../../../../packages/core/test/support/cards.ts'
import type { FakeProvider } from '../../../../../packages/core/test/support/fake-provider.ts'
import type { Testbed } from '../../support/testbed.ts'
import type { Burst } from './draw-names.ts'
import type { Trial } from './trial.ts'

/** A window stays open this long after the release, and the grace follows: longer than any takeover. */
export const LATE_SECONDS = 20
export const GRACE_SECONDS = 8

/** Time for the preparation of the names, and for the start of a standby. */
const LEAD_MS = 6_000

type Buyers = { readonly byBalance: AccountContext; readonly byCard: AccountContext }

/** Lists and orders the names, some from the balance and some by card. */
export async function orderBurst(
  testbed: Testbed,
  { names }: Burst,
  { byBalance, byCard }: Buyers,
  provider: FakeProvider,
): Promise<void> {
  await testbed.list(names)
  for (const { name, payment } of names) {
    if (payment === 'balance') await placeBackorder(byBalance, { name, payment })
    else await pay(byCard, provider, (await hold(byCard, provider, name)).providerId)
  }
}

/**
 * Has the registry announce the drop and the orders pass their cut-off. Returns when the first name is released. `orderedInMs` shows how
 * slow the machine is.
 */
export async function armBurst(
  testbed: Testbed,
  trial: Trial,
  burst: Burst,
  orderedInMs: number,
): Promise<number> {
  const startMs = Math.ceil((Date.now() + LEAD_MS + orderedInMs / 2) / 1_000) * 1_000
  const isDaily = trial.release === 'daily'
  const answer = await testbed.post('names', {
    names: burst.names.map(({ name, kind, priorClid, rivals, releasedAfterMs }) => ({
      name,
      kind,
      priorClid,
      rivals,
      ...(!isDaily && { purgeAt: iso(startMs + releasedAfterMs) }),
    })),
  })
  // On a busy machine the request may arrive after the first purge.
  if (JSON.stringify(answer).includes('purge_at_past'))
    throw new Error('the names were loaded too late; run fewer lanes')
  if (isDaily) {
    const pace = {
      paceMs: burst.paceMs,
      jitterMsMax: Math.floor(burst.paceMs / 3),
      driftMsMax: 0,
      earlyMsMax: 0,
    }
    await testbed.post('batches', { startAt: iso(startMs), ...pace })
  }
  await passCutoff(testbed, burst, startMs, isDaily)
  return startMs
}

async function passCutoff(
  { buyer }: Testbed,
  burst: Burst,
  startMs: number,
  isDaily: boolean,
): Promise<void> {
  await buyer.db.transaction().execute(async (tx) => {
    for (const { name, releasedAfterMs } of burst.names) {
      const fromMs = isDaily ? startMs : startMs + releasedAfterMs
      const toMs = fromMs + 1_000 * LATE_SECONDS + (isDaily ? burst.lastsMs : 0)
      await tx
        .updateTable('listing')
        .set({ cutoff_at: new Date(), drop_from: new Date(fromMs), drop_to: new Date(toMs) })
        .where('name', '=', name)
        .where('state', '=', 'open')
        .execute()
    }
  })
  while ((await closeDue(buyer)).closed > 0);
}

const iso = (atMs: number) => new Date(atMs).toISOString()
