import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppUrls, ofEachApp } from '@droplock/core/database/app-roles'
import { migrate } from '@droplock/core/database/migrate'
import { Client } from 'pg'
import { makeRoles, newPassword, superuser } from '../postgres/cluster.ts'
import { runningPostmaster, serverUser } from '../postgres/server-user.ts'
import { UsageError } from '../processes/arguments.ts'
import { freePort } from '../processes/port.ts'
import { holdsWithin } from '../processes/wait-until.ts'
import { type Part, startPart } from './parts.ts'
import { at, isPrimary, isSynchronous, isUp, type Logins, type Node, startNode } from './patroni.ts'
import { programs, whatLacks } from './programs.ts'
import { startDatabaseProxy, startPooler } from './proxies.ts'

/** Below the ports that outgoing connections take. */
const FIRST_PORT = 26_400
const NODES = 3
const DATABASE = 'droplock'

/** Of initdb, and of two copies over the loopback. Milliseconds. */
const START_MS_MAX = 90_000
const LOOK_MS = 100

export type Cluster = AsyncDisposable & {
  readonly nodes: readonly Node[]
  /** As its owner, straight to the primary. */
  readonly url: string
  /** Of each app, through the pooler. */
  readonly urls: AppUrls
  /** Of each app, to the primary without the pooler: for LISTEN. */
  readonly directUrls: AppUrls
  /** Of each app, to a standby. */
  readonly replicaUrls: AppUrls
  readonly folder: string
  /** The node that is primary. Throws while there is none. */
  readonly primary: () => Promise<Node>
  /** A standby that has everything that is acknowledged. Throws while there is none. */
  readonly standby: () => Promise<Node>
  /** Resolves when there is a primary, and a standby that has everything. */
  readonly whole: (signal: AbortSignal) => Promise<void>
  /** Starts whatever does not run any more. */
  readonly mend: () => void
}

/**
 * Starts etcd, three nodes under Patroni, HAProxy before them and PgBouncer before that, on loopback, with a migrated database and
 * a login for each app. Disposing of it leaves no process and no file. Throws `UsageError` where a program lacks.
 */
export async function startCluster(say: (text: string) => void, stop: AbortSignal): Promise<Cluster> {
  const lacking = whatLacks()
  if (lacking !== undefined) throw new UsageError(lacking)
  await using cleanup = new AsyncDisposableStack()
  const place = await layOut(cleanup)
  const { primaryPort, replicaPort, poolerPort, ...plan } = place
  const inTime = AbortSignal.any([stop, AbortSignal.timeout(START_MS_MAX)])
  const parts: Part[] = []
  const keep = (part: Part) => {
    parts.push(part)
    cleanup.defer(() => part.stop())
  }
  say('starting etcd and three nodes of PostgreSQL under Patroni')
  keep(startEtcd(plan))
  await until(() => answers(`http://${at(plan.etcdPort)}/health`), inTime)
  const nodes = startNodes(plan, cleanup)
  parts.push(...nodes.map(({ patroni }) => patroni))
  keep(startDatabaseProxy({ ...plan, nodes, primaryPort, replicaPort }))
  const { username, password } = plan.logins.superuser
  const url = `postgres://${username}:${password}@${at(primaryPort)}/${DATABASE}`
  const { primary, standby } = finders(nodes)
  await until(() => succeeds(primary), inTime)
  await until(() => makesDatabase(url), inTime)
  await migrate(url)
  const directUrls = await makeRoles(url)
  const through = (port: number) => ofEachApp((app) => withPort(directUrls[app], port))
  const logins = Object.values(directUrls).map(loginOf)
  keep(startPooler({ ...plan, port: poolerPort, serverPort: primaryPort, database: DATABASE, logins }))
  const urls = through(poolerPort)
  await until(() => succeeds(standby), inTime)
  await until(async () => (await Promise.all(nodes.map(isUp))).every((is) => is), inTime)
  await until(() => takesConnections(urls.worker), inTime)
  say('a primary, a standby that has everything that is acknowledged, and another')
  const started = cleanup.move()
  return {
    nodes,
    url,
    urls,
    directUrls,
    replicaUrls: through(replicaPort),
    folder: plan.folder,
    primary,
    standby,
    whole: async (signal) => {
      await until(() => succeeds(primary), signal)
      await until(() => succeeds(standby), signal)
      await until(() => takesConnections(url), signal)
    },
    mend: () => {
      for (const part of parts) if (!part.runs()) part.start()
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

/** A folder of its own, the user who runs everything, as none of the programs runs as root, ports, and passwords. */
async function layOut(cleanup: AsyncDisposableStack) {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-cluster-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  chmodSync(folder, 0o755)
  const user = serverUser(folder)
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const first = await freePort(FIRST_PORT, 5 + 2 * NODES)
  const logins: Logins = {
    superuser: { username: superuser, password: newPassword() },
    replication: { username: 'replicator', password: newPassword() },
  }
  return {
    folder,
    user,
    logins,
    etcdPort: first,
    etcdPeerPort: first + 1,
    primaryPort: first + 2,
    replicaPort: first + 3,
    poolerPort: first + 4,
    firstNodePort: first + 5,
  }
}

type Place = Pick<
  Awaited<ReturnType<typeof layOut>>,
  'folder' | 'user' | 'logins' | 'etcdPort' | 'etcdPeerPort' | 'firstNodePort'
>

function startNodes({ firstNodePort, ...plan }: Place, cleanup: AsyncDisposableStack): readonly Node[] {
  const nodes = Array.from({ length: NODES }, (_, index) => {
    const port = firstNodePort + 2 * index
    return startNode({ ...plan, name: `node${index + 1}`, port, restPort: port + 1 })
  })
  cleanup.defer(async () => {
    await Promise.all(nodes.map(({ patroni }) => patroni.stop()))
    // PostgreSQL outlives a Patroni that was killed.
    for (const node of nodes) endPostgres(node)
  })
  return nodes
}

function finders(nodes: readonly Node[]): Pick<Cluster, 'primary' | 'standby'> {
  const found = async (is: (node: Node) => Promise<boolean>, what: string) => {
    const answered = await Promise.all(nodes.map(is))
    const node = nodes[answered.indexOf(true)]
    if (node === undefined) throw new Error(`no ${what} at the moment`)
    return node
  }
  return {
    primary: () => found(isPrimary, 'primary'),
    standby: () => found(isSynchronous, 'synchronous standby'),
  }
}

function startEtcd({ folder, user, etcdPort, etcdPeerPort }: Place): Part {
  const client = `http://${at(etcdPort)}`
  const peer = `http://${at(etcdPeerPort)}`
  return startPart({
    folder,
    user,
    name: 'etcd',
    command: [
      programs.etcd,
      '--name=one',
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=one=${peer}`,
    ],
  })
}

/** Ends the PostgreSQL of a node whose Patroni is gone. */
export function endPostgres({ dataFolder }: Node): void {
  const pid = runningPostmaster(dataFolder)
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

function makesDatabase(url: string): Promise<boolean> {
  return succeedsOn(url.replace(/[^/]+$/, 'postgres'), async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`)
  })
}

function takesConnections(url: string): Promise<boolean> {
  return succeedsOn(url, (client) => client.query('select 1'))
}

/** Whether `work` succeeds on a connection of its own. */
async function succeedsOn(url: string, work: (client: Client) => Promise<unknown>): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await work(client)
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function answers(url: string): Promise<boolean> {
  return succeeds(async () => {
    const response = await fetch(url)
    await response.arrayBuffer()
    if (!response.ok) throw new Error(String(response.status))
  })
}

async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  return work().then(
    () => true,
    () => false,
  )
}

async function until(look: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  await holdsWithin({ everyMs: LOOK_MS, signal }, look)
}

function withPort(url: string, port: number): string {
  const changed = new URL(url)
  changed.port = String(port)
  return changed.href
}

function loginOf(url: string) {
  const { username, password } = new URL(url)
  return { username, password: decodeURIComponent(password) }
}
