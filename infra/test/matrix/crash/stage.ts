import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { createSandboxControl, type SandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { type Client, DatabaseError } from 'pg'
import { type Environment, startEnvironment } from '../../../src/environment/environment.ts'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import { addReseller } from '../../../src/seed/accounts.ts'
import { waitingFunction } from './fail-points.ts'
import { History } from './history.ts'
import { type Operators, openConsole } from './operators.ts'
import { type KillablePostgres, startKillablePostgres } from './postgres.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { startWithholdingProxy, type WithholdingProxy } from './withholding-proxy.ts'

/** The whole service as processes, on a PostgreSQL that can be killed, with two customers who record what they are answered. */
export type Stage = {
  readonly environment: Environment
  readonly ctx: Context
  readonly postgres: KillablePostgres
  readonly history: History
  /** They want the same names. */
  readonly customers: readonly [Customer, Customer]
  readonly bank: SandboxControl
  readonly operators: Operators
  readonly receiver: Receiver
  /** On the way of our apps to the payment provider. */
  readonly provider: WithholdingProxy
  /** Kills a process by SIGKILL. It comes back by itself; PostgreSQL is started again. */
  readonly kill: (victim: Victim) => Promise<void>
  /** Stops an app by SIGSTOP, until it is killed. */
  readonly freeze: (app: Exclude<Victim, 'postgres'>) => void
  /** What is committed by now outlives PostgreSQL, however it commits. */
  readonly checkpoint: () => Promise<void>
  readonly kills: () => number
  /** What waits for a minute of silence of its owner, who was killed, finds that it has passed. */
  readonly passMinute: () => Promise<void>
  /** Beyond this something is wrong, not slow. */
  readonly patienceMs: number
  /** Says what happened to the processes since the last call. */
  readonly said: () => readonly string[]
}

export type Customer = { readonly accountId: string; readonly apiKey: string; readonly endpointId: string }

export const victims = ['gateway', 'worker', 'catcher', 'console-api', 'postgres'] as const
export type Victim = (typeof victims)[number]

export const registryId = 'crash'
export const zone = 'com'

/** Away from those of other environments. */
const FIRST_PORT = 19_500
const BALANCE_MINOR = 100_000_000n
const CONNECTIONS_MAX = 6
const BACK_MS_MAX = 30_000

const registry = {
  id: registryId,
  sessionsMax: 6,
  commandsPerSecondMax: 200,
  zones: [zone],
  // Names may be caught long after the drop: a catcher and its database are away for seconds.
  timing: { cutoffLeadSeconds: 60, dropLastsSeconds: 1, earlySeconds: 0, lateSeconds: 60, graceSeconds: 20 },
  // The second list of a round moves every name of the first: here that is no mistake.
  quarantine: { suspectedPercentMax: 100, movedPercentMax: 100, rowsPercentMin: 0, rejectsPercentMax: 100 },
} as const

/** The lease of a dead catcher is over soon, so that a run has time for many. */
const catcherEnv = {
  DROPLOCK_LEASE_MS: '3000',
  DROPLOCK_LEASE_RENEW_MS: '500',
  DROPLOCK_LEASE_MARGIN_MS: '500',
  DROPLOCK_PREPARE_LEAD_MS: '60000',
}

type StageOptions = {
  /** Takes a protection away from the database of the run. */
  readonly prepare?: (client: Client) => Promise<void>
  readonly patienceMs?: number
}

const PATIENCE_MS = 90_000
const asItIs = async () => undefined

/** Starts everything, and gives it to `use`. Leaves nothing. */
export async function onStage<Result>(
  { prepare = asItIs, patienceMs = PATIENCE_MS }: StageOptions,
  use: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  await using cleanup = new AsyncDisposableStack()
  const postgres = await startKillablePostgres()
  cleanup.defer(postgres.stop)
  await onServer(postgres.url, async (client) => {
    await client.query(waitingFunction)
    await prepare(client)
  })
  const { url } = postgres
  const db = openDatabase({ url, connectionsMax: CONNECTIONS_MAX, applicationName: 'droplock-crash' })
  cleanup.defer(() => db.destroy())
  const ctx = { db, newId }
  const provider = await startWithholdingProxy()
  cleanup.defer(provider.stop)
  const lines: string[] = []
  const environment = await startApps(postgres, ctx, provider.url, lines)
  cleanup.use(environment)
  provider.passTo(environment.sandbox.url)
  const receiver = await startReceiver()
  cleanup.defer(receiver.stop)
  const history = new History(environment.urlOf('gateway'))
  const customer = (name: string) => addCustomer(ctx, history, receiver, name)
  return await use({
    environment,
    ctx,
    postgres,
    history,
    customers: [await customer('Cedar Names'), await customer('Dune Domains')],
    operators: await openConsole(ctx, environment.urlOf('console-api')),
    bank: createSandboxControl(environment.sandbox.url, environment.sandbox.apiKey),
    receiver,
    provider,
    ...faultsOf(environment, postgres, ctx),
    patienceMs,
    said: () => lines.splice(0),
  })
}

function startApps(
  { url, urls }: KillablePostgres,
  ctx: Context,
  providerUrl: string,
  lines: string[],
): Promise<Environment> {
  const throughProxy = { DROPLOCK_SANDBOX_URL: providerUrl }
  const plan = {
    name: 'crash',
    firstPort: FIRST_PORT,
    registries: [registry],
    apps: {
      'registry-sim': {},
      payments: {},
      gateway: throughProxy,
      'console-api': {},
      worker: throughProxy,
      catcher: catcherEnv,
    },
    database: { url, urls, ctx },
  }
  const output = {
    line: (app: string, text: string) => void lines.push(`${app} ${text}`),
    say: (text: string) => void lines.push(text),
  }
  return startEnvironment(plan, output, new AbortController().signal)
}

/** Somebody with money, to whom every event is sent. */
async function addCustomer(
  ctx: Context,
  history: History,
  receiver: Receiver,
  name: string,
): Promise<Customer> {
  const reseller = await addReseller(ctx, { name, currency: 'USD', balanceMinor: BALANCE_MINOR })
  const body = { url: `${receiver.url}/${reseller.accountId}`, description: name }
  const made = await history.call(reseller, { what: 'endpoint', path: '/v1/webhook-endpoints', body })
  return { ...reseller, endpointId: String(made.body['id']) }
}

function faultsOf(
  environment: Environment,
  postgres: KillablePostgres,
  ctx: Context,
): Pick<Stage, 'kill' | 'freeze' | 'passMinute' | 'checkpoint' | 'kills'> {
  let kills = 0
  return {
    kill: async (victim) => {
      kills += 1
      if (victim !== 'postgres') return environment.kill(victim)
      await postgres.kill()
      await postgres.startAgain()
      await isBack(ctx)
    },
    freeze: (app) => process.kill(environment.pidOf(app), 'SIGSTOP'),
    passMinute: () => onServer(postgres.url, letMinutePass),
    checkpoint: async () => {
      await onServer(postgres.url, (client) => client.query('checkpoint'))
    },
    kills: () => kills,
  }
}

const aMinuteLater = [
  `update refund set try_after = clock_timestamp() where state in ('approved', 'processing')`,
  `update event_delivery set try_after = clock_timestamp() where state = 'pending'`,
  'update receiver_queue set due_at = clock_timestamp(), not_before = null where due_at is not null',
  `update sync_run set alive_at = alive_at - interval '1 minute' where state in ('running', 'publishing')`,
  'update list_source set claimed_until = clock_timestamp() where claimed_until is not null',
  'update list_source set next_try_at = clock_timestamp()',
  'update provider_event set try_after = clock_timestamp() where handled_at is null',
  'update provider_task set try_after = clock_timestamp() where done_at is null',
  'update reconciliation_run set expires_at = clock_timestamp() where finished_at is null',
  'update payment set poll_after = clock_timestamp() where poll_after is not null',
] as const

/** Each by itself, and again where the apps, which are at work, had the same rows in another order. */
async function letMinutePass(client: Client): Promise<void> {
  for (const statement of aMinuteLater) while (!(await isDone(client.query(statement))));
}

async function isDone(query: Promise<unknown>): Promise<boolean> {
  try {
    await query
    return true
  } catch (error) {
    if (error instanceof DatabaseError && error.code === DEADLOCK) return false
    throw error
  }
}

const DEADLOCK = '40P01'

/** Connections of the pool were lost with their server, and each says so once. */
async function isBack({ db }: Context): Promise<void> {
  const answers = async () => {
    try {
      await Promise.all(
        Array.from({ length: CONNECTIONS_MAX }, () =>
          db.selectFrom('account').select('id').limit(1).execute(),
        ),
      )
      return true
    } catch {
      return false
    }
  }
  if (!(await holdsWithin({ everyMs: 20, msMax: BACK_MS_MAX }, answers)))
    throw new Error('PostgreSQL did not come back')
}
