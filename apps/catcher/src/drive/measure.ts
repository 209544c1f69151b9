import type { Context } from '@droplock/core/context'
import { readNextDrops } from '@droplock/core/targets/read'
import type { Exchange } from '@droplock/epp/session/exchange'
import type { OnExchange } from '@droplock/epp/session/session'
import type { Metrics } from '@droplock/observability/metrics'
import { recordExchange } from '@droplock/observability/spans'
import { type AccountStatus, type AccountView, viewOf } from './status.ts'

type Account = { readonly accountId: string; readonly status: AccountStatus }

/** Metrics of each account: whether its lease is held, its sessions, its problems, and when its next window opens. */
export function measureAccounts(metrics: Metrics, ctx: Context, accounts: readonly Account[]): void {
  const views = () => accounts.map(({ accountId, status }) => viewOf(accountId, status))
  const accountGauge = (name: string, help: string, valueOf: (view: AccountView) => number) =>
    metrics.gauge({ name, help, labels: ['account'] }, () =>
      views().map((view) => ({ labels: { account: view.account }, value: valueOf(view) })),
    )
  accountGauge('catcher_lease_held', '1 while this process may send for the account.', (view) =>
    view.state === 'driven' && !hasProblem(view, 'lease_unsure') ? 1 : 0,
  )
  accountGauge('catcher_sessions', 'EPP sessions that are logged in.', ({ sessions = 0 }) => sessions)
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

/** Counts a command of a registry account and records its round trip. */
export type Measure = (accountId: string, ...done: Parameters<OnExchange>) => void

/** Returns a function that counts every command sent to a registry. Commands that were not sent are not counted. */
export function measureCommands(metrics: Metrics): Measure {
  const count = metrics.counter({
    name: 'catcher_commands_total',
    help: 'EPP commands sent, by their result code; `none` without an answer, `greeting` for a hello that was answered.',
    labels: ['account', 'command', 'code'],
  })
  const note = metrics.durations({
    name: 'catcher_round_trip_seconds',
    help: 'From the first octet sent to the last octet received.',
    labels: ['account', 'command'],
  })
  return (account, command, exchange) => {
    if (exchange.kind === 'not_sent') return
    count({ account, command, code: codeOf(exchange) })
    if (exchange.kind === 'answered')
      note({ account, command }, (exchange.answeredAtMs - exchange.sentAtMs) / 1_000)
    trace(account, command, exchange)
  }
}

/** One that was not answered ends in the trace when that is known. */
function trace(account: string, command: string, exchange: Exclude<Exchange, { kind: 'not_sent' }>): void {
  const endMs = exchange.kind === 'answered' ? exchange.answeredAtMs : performance.now()
  const attributes = {
    'droplock.registry_account': account,
    'droplock.epp.command': command,
    'droplock.epp.code': codeOf(exchange),
    'droplock.epp.cltrid': exchange.clTRID,
  }
  const { sentAtMs: startMs } = exchange
  recordExchange(`EPP ${command}`, attributes, { startMs, endMs, failed: exchange.kind === 'unknown' })
}

/** Counts a command that was sent in the slow part of a grace. */
export type MeasureProbe = (accountId: string, command: string) => void

/** Returns a function that counts probes: what late names cost of the account's limits. */
export function measureProbes(metrics: Metrics): MeasureProbe {
  const count = metrics.counter({
    name: 'catcher_probes_total',
    help: 'Commands for names in the slow part of their grace.',
    labels: ['account', 'command'],
  })
  return (account, command) => count({ account, command })
}

function codeOf(exchange: Exclude<Exchange, { kind: 'not_sent' }>): string {
  if (exchange.kind === 'unknown') return 'none'
  const { message } = exchange
  return message.kind === 'greeting' ? 'greeting' : String(message.response.results[0].code)
}
