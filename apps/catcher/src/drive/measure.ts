import type { Context } from '@droplock/core/context'
import { readNextDrops } from '@droplock/core/targets/next-drop'
import type { Attempt } from '@droplock/core/targets/record-attempts'
import type { Metrics } from '@droplock/observability/metrics'
import type { Journal } from '../journal/journal.ts'
import { type AccountStatus, type AccountView, viewOf } from './status.ts'

export type Account = { readonly accountId: string; readonly status: AccountStatus }

/** Tells of each account whether its lease is held, its sessions, what is wrong, and when its next window opens. */
export function measureAccounts(metrics: Metrics, ctx: Context, accounts: readonly Account[]): void {
  const views = () => accounts.map(({ accountId, status }) => viewOf(accountId, status))
  const tell = (name: string, help: string, valueOf: (view: AccountView) => number) =>
    metrics.gauge({ name, help, labels: ['account'] }, () =>
      views().map((view) => ({ labels: { account: view.account }, value: valueOf(view) })),
    )
  tell('catcher_lease_held', '1 while this process may send for the account.', (view) =>
    view.state === 'driven' && !hasProblem(view, 'lease_unsure') ? 1 : 0,
  )
  tell('catcher_sessions', 'EPP sessions that are logged in.', ({ sessions = 0 }) => sessions)
  metrics.gauge(
    { name: 'catcher_problem', help: '1 for each thing that is wrong.', labels: ['account', 'problem'] },
    () =>
      views().flatMap(({ account, problems }) =>
        problems.map(({ code }) => ({ labels: { account, problem: code }, value: 1 })),
      ),
  )
  const mine = new Set(accounts.map(({ accountId }) => accountId))
  metrics.gauge(
    {
      name: 'catcher_next_window_seconds',
      help: 'Until the next window opens; absent where nothing is armed.',
      labels: ['account'],
    },
    async () =>
      (await readNextDrops(ctx))
        .filter(({ registryAccountId }) => mine.has(registryAccountId))
        .map(({ registryAccountId, seconds }) => ({
          labels: { account: registryAccountId },
          value: seconds,
        })),
  )
}

function hasProblem({ problems }: AccountView, code: AccountView['problems'][number]['code']): boolean {
  return problems.some((problem) => problem.code === code)
}

/** Returns what counts the commands that were sent for targets, and notes how long their answers took. */
export function measureCommands(metrics: Metrics): (attempt: Attempt) => void {
  const count = metrics.counter({
    name: 'catcher_commands_total',
    help: 'EPP commands sent for targets, by their result code; `none` without an answer.',
    labels: ['account', 'command', 'code'],
  })
  const note = metrics.durations({
    name: 'catcher_round_trip_seconds',
    help: 'From the first octet sent to the last octet received.',
    labels: ['account', 'command'],
  })
  return ({ registryAccountId: account, command, code, roundTripUs }) => {
    count({ account, command, code: code === null ? 'none' : String(code) })
    if (roundTripUs !== null) note({ account, command }, roundTripUs / 1_000_000)
  }
}

/** The same journal; what it learns to have been answered, or not, is told too. */
export function measuredJournal(journal: Journal, measure?: (attempt: Attempt) => void): Journal {
  if (measure === undefined) return journal
  return {
    ...journal,
    answered: (attempt) => {
      measure(attempt)
      journal.answered(attempt)
    },
  }
}
