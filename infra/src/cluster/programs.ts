import { existsSync } from 'node:fs'

/** Where Debian's packages install them. */
export const programs = {
  etcd: '/usr/bin/etcd',
  patroni: '/usr/bin/patroni',
  haproxy: '/usr/sbin/haproxy',
  pgbouncer: '/usr/sbin/pgbouncer',
  postgres: '/usr/lib/postgresql/17/bin/postgres',
} as const

const packages = 'etcd-server patroni python3-etcd haproxy pgbouncer postgresql-17'

/** What lacks for a cluster, as one line that says how to get it. Undefined: nothing. */
export function whatLacks(): string | undefined {
  const missing = Object.values(programs).filter((program) => !existsSync(program))
  if (missing.length === 0) return undefined
  return `${missing.join(', ')} not found; on Debian 13: apt-get install --no-install-recommends ${packages}`
}
