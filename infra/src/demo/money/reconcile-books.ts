import { type Reconciled, reconcile } from '@droplock/core/reconciliation/reconcile'
import { openAccountReport } from '@droplock/feeds/account-reports/open-account-report'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { ourClid } from '../../environment/simulator.ts'
import { accountIdOf } from '../../seed/seed-demo.ts'
import { registryId } from './orders.ts'
import { expectThat, type Play, until } from './play.ts'

/** Everything is decided and told by now: nothing is too young to be there. */
const terms = { closedAfterMs: 0, settlingMs: 0, lookBackMs: 86_400_000, runMsMax: 60_000 }

/** Holds the books against what the sandbox provider and the registry have, and says each thing that does not agree. */
export async function reconcileBooks(play: Play): Promise<Reconciled> {
  const { ctx, controlUrl, sandbox } = play.stage
  await until(play, 'the handling of every event', () => hasNoEvents(play))
  const url = `${controlUrl}/registries/${registryId}/report.csv`
  const report = openAccountReport({
    registryAccountId: accountIdOf(registryId),
    place: { kind: 'url', url },
    account: ourClid,
  })
  const result = await reconcile(ctx, {
    cause: { kind: 'command' },
    provider: createSandboxProvider(sandbox),
    reports: [report],
    terms,
    onFinding: ({ source, kind, detail }) => play.say(`${source}: ${kind}: ${detail}`),
  })
  if (result === undefined) throw new Error('another reconciliation is under way')
  expectThat(result.unread.length === 0, `not read: ${result.unread.join('; ')}`)
  const { movements, entries, unmatched } = result
  play.say(
    `reconciled: ${movements} movements at the provider, ${entries} entries of the registry's report, ${unmatched} unmatched`,
  )
  return result
}

async function hasNoEvents({ stage }: Play): Promise<boolean> {
  const event = await stage.ctx.db
    .selectFrom('provider_event')
    .select('event_id')
    .where('handled_at', 'is', null)
    .executeTakeFirst()
  return event === undefined
}
