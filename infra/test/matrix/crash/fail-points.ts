import { Client } from 'pg'
import { holdsWithin } from '../../../src/processes/wait-until.ts'

// Where a process is made to wait, so that it is killed there. Nothing of it is in the product: a fail point is a trigger in the
// database of the run, or a fault of somebody else's stand-in.

/** A write by which a step is recognised. */
export type Write = {
  readonly table: string
  readonly on: 'insert' | 'update'
  /** On `old` and `new`; every write, where it is left out. */
  readonly when?: string
  /** Whose write it is: the end of the name of its login. */
  readonly by: string
}

/** In the middle of the transaction, which is lost; or after COMMIT was sent, which is carried out while nobody is there to hear it. */
export type Moment = 'before commit' | 'after commit'

export type FailPoint = {
  /** Whether somebody came there in time. */
  readonly isReached: () => Promise<boolean>
  /** Lets a transaction that waits end as the moment says: lost, or committed. */
  readonly letEnd: () => Promise<void>
  /** Removes the fail point. What is wrong with how the transaction ended. */
  readonly remove: () => Promise<readonly string[]>
}

const REACHED_MS_MAX = 45_000
const ENDED_MS_MAX = 10_000
const LOOK_MS = 10

/** What a database needs before a fail point can be set in it. */
export const waitingFunction = `
  create schema crash;
  grant usage on schema crash to public;
  create function crash.stay() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint);
    return null;
  end $$;`

/** Any number that no app locks. */
let lastLock = 7_700_000

/** Whoever does this write waits after it, or at the COMMIT after it, until the fail point is removed. */
export async function stopAtWrite(url: string, write: Write, moment: Moment): Promise<FailPoint> {
  lastLock += 1
  const lock = lastLock
  const name = `crash_${lock}`
  const holder = await connected(url)
  await holder.query('select pg_advisory_lock($1)', [lock])
  await holder.query(triggerOf(name, write, moment, lock))
  let waiting: readonly Waiting[] = []
  let wasLost = false
  holder.once('end', () => {
    wasLost = true
  })
  return {
    isReached: () =>
      holdsWithin({ everyMs: LOOK_MS, msMax: REACHED_MS_MAX }, async () => {
        waiting = await whoWaits(holder, lock)
        return waiting.length > 0
      }),
    letEnd: async () => {
      if (moment === 'before commit')
        await holder.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [
          waiting.map(({ pid }) => pid),
        ])
      await holder.query('select pg_advisory_unlock($1)', [lock])
      await holdsWithin({ everyMs: 1, msMax: ENDED_MS_MAX }, async () =>
        (await fatesOf(holder, waiting)).every((fate) => fate !== 'in progress'),
      )
    },
    remove: async () => {
      const isServerDead = wasLost
      if (!wasLost) await holder.end()
      const client = await connected(url)
      try {
        await client.query(`drop trigger if exists ${name} on ${write.table}`)
        // A server that was killed gives the numbers of what it had not committed to others.
        if (moment === 'before commit' && isServerDead) return []
        const should = moment === 'before commit' ? 'aborted' : 'committed'
        const [first] = await fatesOf(client, waiting)
        return first === should ? [] : [`what waited was to be ${should}, and is ${first}`]
      } finally {
        await client.end()
      }
    },
  }
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'droplock-crash' })
  // Its server may be killed.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

function triggerOf(name: string, { table, on, when = 'true', by }: Write, moment: Moment, lock: number) {
  const condition = `when (session_user like '%\\_${by}' and (${when}))`
  const rest = `for each row ${condition} execute function crash.stay('${lock}')`
  return moment === 'before commit'
    ? `create trigger ${name} after ${on} on ${table} ${rest}`
    : `create constraint trigger ${name} after ${on} on ${table} deferrable initially deferred ${rest}`
}

type Waiting = { readonly pid: number; readonly xid: string }

async function whoWaits(client: Client, lock: number): Promise<readonly Waiting[]> {
  const { rows } = await client.query<Waiting>(
    `select pid, backend_xid::text as xid from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and not granted and (classid::bigint << 32) + objid::bigint = $1 and backend_xid is not null`,
    [lock],
  )
  return rows
}

/** How each transaction ended, by the server's own record of it. */
async function fatesOf(client: Client, waiting: readonly Waiting[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ fate: string }>(
    `select pg_xact_status(xid::xid8) as fate from unnest($1::text[]) as xid`,
    [waiting.map(({ xid }) => xid)],
  )
  return rows.map(({ fate }) => fate)
}
