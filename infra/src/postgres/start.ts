import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { claim, release } from '../processes/claim.ts'
import { identityOf, type ProcessIdentity } from '../processes/identity.ts'
import { freePort } from '../processes/port.ts'
import { initialise, superuser } from './cluster.ts'
import { type Server, serverAt, startServer, stopServer } from './pg-ctl.ts'
import { secure } from './secure.ts'
import { runningPostmaster } from './server-user.ts'

const database = 'droplock'
/** Race tests open hundreds of connections each, several files at once; one costs the server some 2 MB. */
const connectionsMax = 1_500
/** A port seen free may be taken before the server listens on it. */
const startsMax = 5
/** A server's own port may be held for a moment after its death: by what it leaves behind, or by someone's outgoing connection. */
const portWaitMs = 1_000

export type PostgresOptions = {
  /** Where the data lives. As root below a folder others cannot enter, a stand-in under /var/lib is used. */
  readonly dataFolder: string
  /** A busy port moves up. */
  readonly port: number
  /** `false` trades safety on power loss for speed: tests only. */
  readonly durable: boolean
  /** The folder of an installed PostgreSQL, whose programs are in `bin`; the embedded one where it is left out. */
  readonly installed?: string | undefined
}
export type Postgres = {
  /** With the password. */
  readonly url: string
  readonly dataFolder: string
  /** The server's own process. */
  readonly identity: () => ProcessIdentity
  /** Starts a server that has died, on the same port. What was committed is there. Throws when it does not start. */
  readonly startAgain: () => Promise<void>
  /** Ends a server that does not answer, at once: what it was doing is lost, what it had committed is not. */
  readonly kill: () => void
  readonly stop: () => Promise<void>
}

/**
 * Starts the embedded PostgreSQL and makes its database. A server orphaned by a killed launcher is stopped first.
 * Throws when another living launcher runs on the same data folder.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const server = serverAt(options.dataFolder, options.installed)
  mkdirSync(dirname(server.dataFolder), { recursive: true, mode: 0o755 })
  claim(server.dataFolder)
  try {
    return await startClaimed(server, options)
  } catch (error) {
    await stopAndRelease(server)
    throw error
  }
}

async function startClaimed(server: Server, options: PostgresOptions): Promise<Postgres> {
  initialise(server, options.durable)
  if (runningPostmaster(server.dataFolder) !== undefined) await stopServer(server)
  const password = secure(server)
  const port = await startOnFreePort(server, options)
  const url = `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`
  await makeDatabase(url)
  let identity = identityOfServer(server)
  return {
    url,
    dataFolder: server.dataFolder,
    identity: () => identity,
    startAgain: async () => {
      // Its process may be dead and not collected yet: the server would not start over that.
      runningPostmaster(server.dataFolder)
      await startOnPort(server, options.durable, async (attempt) => {
        if (attempt > 1) await wait(portWaitMs)
        return port
      })
      identity = identityOfServer(server)
    },
    kill: () => process.kill(identity.pid, 'SIGKILL'),
    stop: () => stopAndRelease(server),
  }
}

function identityOfServer({ dataFolder }: Server): ProcessIdentity {
  const found = identityOf(runningPostmaster(dataFolder) ?? 0)
  if (found === undefined) throw new Error('PostgreSQL died as soon as it was started')
  return found
}

function startOnFreePort(server: Server, { port, durable }: PostgresOptions): Promise<number> {
  let from = port
  return startOnPort(server, durable, async () => {
    const free = await freePort(from)
    from = free + 1
    return free
  })
}

/** Starts the server on the port that `choose` gives, and asks for one again where that was taken meanwhile. */
async function startOnPort(
  server: Server,
  durable: boolean,
  choose: (attempt: number) => Promise<number>,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await choose(attempt)
    try {
      await startServer(server, settings(port, durable))
      return port
    } catch (error) {
      if (attempt === startsMax || !String(error).includes('could not bind')) throw error
    }
  }
}

function settings(port: number, durable: boolean): Record<string, string | number> {
  const safety = durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  return {
    listen_addresses: '127.0.0.1',
    port,
    // By address only: socket folders differ by system, and their paths are too long under some checkouts.
    unix_socket_directories: '',
    max_connections: connectionsMax,
    shared_buffers: '256MB',
    // As for the logins of apps (`roles.ts`): tests and the demo use the owner's.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Refused constraints are ordinary answers here; without this they would fill the log.
    log_min_messages: 'log',
    ...safety,
  }
}

async function makeDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url.replace(/[^/]+$/, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

/** Stops what runs on the data folder and gives it up. Stopping twice is harmless: the second finds no server. */
export async function stopAndRelease(server: Server): Promise<void> {
  if (runningPostmaster(server.dataFolder) !== undefined) await stopServer(server)
  release(server.dataFolder)
}
