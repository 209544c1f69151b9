import { type Reconciled, reconcile } from '@droplock/core/reconciliation/reconcile'
import { openAccountReport } from '@droplock/feeds/account-reports/open-account-report'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { ourClid } from '../../environment/registries.ts'
import { accountIdOf } from '../../seed/seed-demo.ts'
import { expectThat, type Run, until } from './run.ts'

/** Everything is decided and reported by now, so nothing is too young to be compared. */
const terms = { closedAfterMs: 0, settlingMs: 0, lookBackMs: 86_400_000, runMsMax: 60_000 }

/** Compares the books with those of the sandbox provider and the registry, and says each difference. */
export async function reconcileBooks(
  run: Pick<Run, 'environment' | 'say' | 'stop'>,
  registryId: string,
): Promise<Reconciled> {
  const { ctx, urlOf, sandbox } = run.environment
  await until(run, 'the handling of every event', () => hasNoEvents(run))
  const url = `${urlOf('registry-sim')}/registries/${registryId}/report.csv`
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
    onFinding: ({ source, kind, detail }) => run.say(`${source}: ${kind}: ${detail}`),
  })
  if (result === undefined) throw new Error('another reconciliation is under way')
  expectThat(result.unread.length === 0, `not read: ${result.unread.join('; ')}`)
  const { movements, entries, unmatched } = result
  run.say(
    `reconciled: ${movements} movements at the provider, ${entries} entries of the registry's report, ${unmatched} unmatched`,
  )
  return result
}

async function hasNoEvents({ environment }: Pick<Run, 'environment'>): Promise<boolean> {
  const event = await environment.ctx.db
    .selectFrom('provider_event')
    .select('event_id')
    .where('handled_at', 'is', null)
    .executeTakeFirst()
  return event === undefined
}
