import { createMetrics, type Labels, type Metrics } from '@droplock/observability/metrics'
import type { Account } from '../registry/account.ts'
import { present } from '../registry/registry.ts'
import { countStages, type Hosted } from './reads.ts'

/** Metrics: how every account uses and exceeds its limits, and the names of every registry by stage. */
export function measureRegistries(hosted: ReadonlyMap<string, Hosted>): Metrics {
  const metrics = createMetrics()
  const ofAccounts = (valueOf: (account: Account) => number) => () =>
    [...hosted].flatMap(([id, { registry }]) =>
      [...registry.accounts.values()].map((account) => ({
        labels: { registry: id, account: account.clid },
        value: valueOf(account),
      })),
    )
  const labels = ['registry', 'account'] as const
  metrics.counted(
    { name: 'sim_commands_total', help: 'EPP commands admitted.', labels },
    ofAccounts(({ used }) => used.commands),
  )
  metrics.counted(
    { name: 'sim_creates_total', help: 'Creates among them.', labels },
    ofAccounts(({ used }) => used.creates),
  )
  metrics.gauge(
    { name: 'sim_sessions', help: 'EPP sessions that are logged in.', labels },
    ofAccounts(({ sessions }) => sessions.size),
  )
  metrics.counted(
    { name: 'sim_violations_total', help: 'How often a limit was crossed.', labels: [...labels, 'limit'] },
    () =>
      [...hosted].flatMap(([id, { registry }]) => [...registry.accounts.values()].flatMap(violationsOf(id))),
  )
  metrics.gauge({ name: 'sim_names', help: 'Names by their stage.', labels: ['registry', 'stage'] }, () =>
    [...hosted].flatMap(([id, { registry }]) => {
      present(registry)
      return Object.entries(countStages(registry)).map(([stage, value]) => ({
        labels: { registry: id, stage },
        value,
      }))
    }),
  )
  return metrics
}

type Violation = { readonly labels: Labels<'registry' | 'account' | 'limit'>; readonly value: number }

function violationsOf(registry: string): (account: Account) => readonly Violation[] {
  return ({ clid, violations }) =>
    Object.entries(violations).map(([limit, value]) => ({
      labels: { registry, account: clid, limit },
      value,
    }))
}
