import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Part, type PartPlan, startPart } from './parts.ts'
import { at, type Node } from './patroni.ts'
import { programs } from './programs.ts'

type ProxyPlan = Omit<PartPlan, 'command' | 'name'>

const defaults = `
global
  maxconn 4000
defaults
  timeout connect 2s
  timeout check 3s
  timeout client 1h
  timeout server 1h
`

type DatabaseProxyPlan = ProxyPlan & {
  readonly nodes: readonly Pick<Node, 'name' | 'port' | 'restPort'>[]
  readonly primaryPort: number
  readonly replicaPort: number
}

/**
 * HAProxy before the nodes: one port leads to the primary, the other to a standby that is at most 16 MB behind, or to the primary where there is
 * none. Patroni says which is which; a node that is not the primary any more loses its connections.
 */
export function startDatabaseProxy({
  nodes,
  primaryPort,
  replicaPort,
  folder,
  user,
}: DatabaseProxyPlan): Part {
  const servers = (suffix = '') =>
    nodes.map(({ name, port, restPort }) => `  server ${name} ${at(port)} check port ${restPort}${suffix}`)
  const checked = '  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions'
  return startHaproxy('database-proxy', folder, user, [
    'listen primary',
    `  bind ${at(primaryPort)}`,
    '  mode tcp',
    '  option httpchk OPTIONS /primary',
    '  http-check expect status 200',
    checked,
    ...servers(),
    'listen replica',
    `  bind ${at(replicaPort)}`,
    '  mode tcp',
    '  balance roundrobin',
    '  option httpchk OPTIONS /replica?lag=16MB',
    '  http-check expect status 200',
    checked,
    ...servers(),
    `  server primary ${at(primaryPort)} backup`,
  ])
}

type BalancerPlan = ProxyPlan & { readonly port: number; readonly gatewayPorts: readonly number[] }

/**
 * How often the balancer asks `/readyz`. Milliseconds. After four answers that are not 200, or none, it sends nothing more there: a gateway that is
 * slow for a second is no worse than the other, which would have to do the work of both.
 */
const READY_EVERY_MS = 500

/** `DRAIN_DELAY_MS` of the gateways behind it: longer than it takes to notice. */
export const DRAIN_DELAY_MS = 6 * READY_EVERY_MS

/** HAProxy before the gateways: each request goes to one that is ready. One that met a gateway's end goes to another. */
export function startBalancer({ port, gatewayPorts, folder, user }: BalancerPlan): Part {
  return startHaproxy('balancer', folder, user, [
    'listen gateways',
    `  bind ${at(port)}`,
    '  mode http',
    '  option forwardfor',
    '  balance roundrobin',
    '  option httpchk',
    // HTTP/1.1 with a host: a server of ours answers nothing else.
    '  http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host droplock',
    '  http-check expect status 200',
    // Who answered: to be seen in an answer that is asked about.
    '  http-response set-header X-Gateway %s',
    '  retries 3',
    '  option redispatch 1',
    // What was sent over a connection that closed without an answer is sent to another: whatever a gateway did with it before it ended, a read may be
    // repeated, and an order under its Idempotency-Key.
    '  retry-on conn-failure empty-response',
    '  http-request disable-l7-retry unless { method GET HEAD } || { req.hdr(Idempotency-Key) -m found }',
    // Idle connections mostly end here before a gateway ends them (5 s).
    `  default-server inter ${READY_EVERY_MS}ms fall 4 rise 1 pool-purge-delay 2s`,
    ...gatewayPorts.map((one, index) => `  server gateway-${index + 1} ${at(one)} check`),
    // Where none is ready they are asked all the same: a gateway refuses what it has no room for by itself, and says when to come again. Without these
    // the balancer would take gateways out for being slow, and so have the others do the work of all, until none is left.
    '  option allbackups',
    ...gatewayPorts.map((one, index) => `  server unready-${index + 1} ${at(one)} backup`),
  ])
}

function startHaproxy(name: string, folder: string, user: PartPlan['user'], lines: readonly string[]): Part {
  const file = join(folder, `${name}.cfg`)
  writeFileSync(file, `${defaults}${lines.join('\n')}\n`)
  return startPart({ name, command: [programs.haproxy, '-db', '-f', file], folder, user })
}

type PoolerPlan = ProxyPlan & {
  readonly port: number
  /** The proxy to the primary. */
  readonly serverPort: number
  readonly database: string
  readonly logins: readonly { readonly username: string; readonly password: string }[]
}

/** Of each login. */
const SERVER_CONNECTIONS = 20

/** PgBouncer: transactions share connections, and prepared statements are carried along. */
export function startPooler({ port, serverPort, database, logins, folder, user }: PoolerPlan): Part {
  const users = join(folder, 'pgbouncer-users.txt')
  writeFileSync(users, logins.map(({ username, password }) => `"${username}" "${password}"\n`).join(''))
  const file = join(folder, 'pgbouncer.ini')
  const lines = [
    '[databases]',
    `${database} = host=127.0.0.1 port=${serverPort} dbname=${database}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${users}`,
    'pool_mode = transaction',
    'max_prepared_statements = 200',
    `default_pool_size = ${SERVER_CONNECTIONS}`,
    'max_client_conn = 1000',
    // By default fifteen seconds: a new primary would be waited for that much longer.
    'server_login_retry = 1',
    'server_connect_timeout = 3',
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  return startPart({ name: 'pgbouncer', command: [programs.pgbouncer, file], folder, user })
}
