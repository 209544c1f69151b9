import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Part, type PartPlan, startPart } from './parts.ts'
import { programs } from './programs.ts'

/**
 * How long the primary's entry in etcd lives after it was last renewed: so long after the loss of a machine another becomes primary. 20 is
 * the least that Patroni takes. Seconds.
 */
export const TTL_SECONDS = 20

/** How often each node renews and looks. Seconds. */
const LOOP_SECONDS = 2

/** How long etcd or PostgreSQL may fail to answer before a node gives up being primary. Seconds. */
const RETRY_SECONDS = 3

const SCOPE = 'droplock'

/** What a cluster keeps in etcd for all its nodes. Nothing that is acknowledged is on one machine alone. */
const shared = {
  ttl: TTL_SECONDS,
  loop_wait: LOOP_SECONDS,
  retry_timeout: RETRY_SECONDS,
  maximum_lag_on_failover: 1_048_576,
  // A primary that crashed is not waited for: its standby has all that was acknowledged.
  primary_start_timeout: 0,
  synchronous_mode: true,
  postgresql: {
    use_pg_rewind: true,
    parameters: {
      max_connections: 300,
      shared_buffers: '128MB',
      // For pg_rewind, beside the checksums.
      wal_log_hints: 'on',
      wal_level: 'replica',
      hot_standby: 'on',
      max_wal_senders: 10,
      wal_keep_size: '256MB',
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_min_messages: 'log',
      unix_socket_directories: '',
    },
  },
} as const

export type Logins = { readonly superuser: Login; readonly replication: Login }
type Login = { readonly username: string; readonly password: string }

export type NodePlan = Omit<PartPlan, 'command' | 'name'> & {
  readonly name: string
  /** Of PostgreSQL, and of Patroni's own HTTP. */
  readonly port: number
  readonly restPort: number
  readonly etcdPort: number
  readonly logins: Logins
}

/** One machine's worth: Patroni and the PostgreSQL that it starts. */
export type Node = {
  readonly name: string
  readonly port: number
  readonly restPort: number
  readonly patroni: Part
  readonly dataFolder: string
}

/** Writes a node's settings (JSON is YAML) and starts it. */
export function startNode(plan: NodePlan): Node {
  const { name, port, restPort, etcdPort, logins, folder, user } = plan
  const { superuser, replication } = logins
  const dataFolder = join(folder, name)
  const settings = {
    scope: SCOPE,
    name,
    restapi: { listen: at(restPort), connect_address: at(restPort) },
    etcd3: { host: at(etcdPort) },
    bootstrap: {
      dcs: shared,
      initdb: [
        { encoding: 'UTF8' },
        { locale: 'C' },
        { 'locale-provider': 'builtin' },
        { 'builtin-locale': 'C.UTF-8' },
        'data-checksums',
      ],
    },
    postgresql: {
      listen: at(port),
      connect_address: at(port),
      data_dir: dataFolder,
      bin_dir: dirname(programs.postgres),
      pgpass: join(folder, `${name}.pgpass`),
      pg_hba: [
        `host replication ${replication.username} 127.0.0.1/32 scram-sha-256`,
        'host all all 127.0.0.1/32 scram-sha-256',
      ],
      authentication: { superuser, replication, rewind: superuser },
      // A new standby does not wait for a checkpoint that takes minutes.
      basebackup: [{ checkpoint: 'fast' }],
    },
  }
  const file = join(folder, `${name}.json`)
  writeFileSync(file, JSON.stringify(settings, undefined, 2), { mode: 0o644 })
  const patroni = startPart({ name: `patroni-${name}`, command: [programs.patroni, file], folder, user })
  return { name, port, restPort, patroni, dataFolder }
}

/** Asked of each node's own Patroni. RFC 9110 status codes, as Patroni's REST API gives them. */
export async function isPrimary({ restPort }: Node): Promise<boolean> {
  return answersOk(restPort, '/primary')
}

/** Whether its PostgreSQL is up: as the primary, or as a standby that has caught up with its copy. */
export async function isUp({ restPort }: Node): Promise<boolean> {
  return answersOk(restPort, '/health')
}

export async function isSynchronous({ restPort }: Node): Promise<boolean> {
  return answersOk(restPort, '/synchronous')
}

/** Hands the primary's place to another node, in order. Rejects when Patroni refuses. */
export async function switchOver(from: Node, to: Node): Promise<void> {
  const response = await fetch(`http://${at(from.restPort)}/switchover`, {
    method: 'POST',
    body: JSON.stringify({ leader: from.name, candidate: to.name }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`the switch-over was refused: ${response.status} ${text}`)
}

/** A Patroni that is asked while it restarts PostgreSQL answers late. Milliseconds. */
const ANSWER_MS_MAX = 2_000

async function answersOk(port: number, path: string): Promise<boolean> {
  try {
    const response = await fetch(`http://${at(port)}${path}`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}

export const at = (port: number) => `127.0.0.1:${port}`
