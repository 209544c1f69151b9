import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, isPrimary, type Node } from '../../src/cluster/patroni.ts'
import { whatLacks } from '../../src/cluster/programs.ts'
import { type Cluster, endPostgres, startCluster } from '../../src/cluster/start-cluster.ts'
import { repositoryRoot } from '../../src/paths.ts'

// The database alone, under Patroni. What the whole service does on it is shown by `npm run cluster -- --rounds N`.

/** Patroni's ttl, the election, the promotion, on a busy machine. */
const FAILOVER_MS_MAX = 90_000
const NOT_YET_MS = 1_000

describe.skipIf(whatLacks() !== undefined)('a cluster', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster(() => undefined, new AbortController().signal)
  }, 120_000)
  afterAll(() => cluster?.[Symbol.asyncDispose]())

  test('every metric of Patroni that an alert or a dashboard names is one that each node has', async () => {
    const folder = join(repositoryRoot, 'infra', 'monitoring')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /alerts\.yml$|\.json$/.test(file),
    )
    const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
    const named = new Set(text.match(/\bpatroni_\w+/g))
    expect(named.size).toBeGreaterThan(4)
    for (const { restPort } of cluster.nodes) {
      const measured = await (await fetch(`http://${at(restPort)}/metrics`)).text()
      expect([...named].filter((name) => !measured.includes(`\n${name}{`))).toEqual([])
    }
  })

  test('what was acknowledged is there when the primary is lost with its machine; without a second machine it is not', async () => {
    const lost = await cluster.primary()
    const { senders, unacknowledged } = await writeCutOff(lost, cluster.url)
    expect(unacknowledged).toBe('waits')
    await lost.patroni.kill()
    endPostgres(lost)
    for (const pid of senders) process.kill(pid, 'SIGKILL')

    const others = cluster.nodes.filter((node) => node !== lost)
    const promoted = async () => (await Promise.all(others.map(isPrimary))).some((is) => is)
    await expect.poll(promoted, { timeout: FAILOVER_MS_MAX, interval: 200 }).toBe(true)
    await expect.poll(() => kept(cluster.url), { timeout: 30_000, interval: 200 }).toEqual(['acknowledged'])
  })
})

/**
 * Three rows: one is acknowledged by both machines. Then the primary's log reaches nobody, and a second waits for ever; a third is acknowledged by
 * the primary alone, as all were without synchronous replication.
 */
async function writeCutOff(primary: Node, url: string) {
  const owner = await open(url)
  try {
    await owner.query('create table written (what text primary key)')
    await owner.query("insert into written values ('acknowledged')")
    const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_replication')
    const senders = rows.map(({ pid }) => pid)
    expect(senders).toHaveLength(2)
    for (const pid of senders) process.kill(pid, 'SIGSTOP')
    // Its connection ends with the primary.
    const waiting = await open(url)
    const ended = waiting.query("insert into written values ('waits')").then(
      () => 'acknowledged',
      () => 'lost',
    )
    await owner.query("set synchronous_commit = local; insert into written values ('by one machine')")
    expect(await kept(url.replace(/@[^/]+/, `@${at(primary.port)}`))).toContain('by one machine')
    const nothing = new Promise<string>((resolve) => setTimeout(() => resolve('waits'), NOT_YET_MS))
    return { senders, unacknowledged: await Promise.race([ended, nothing]) }
  } finally {
    await owner.end()
  }
}

async function kept(url: string): Promise<readonly string[]> {
  const client = await open(url)
  try {
    const { rows } = await client.query<{ what: string }>('select what from written order by what')
    return rows.map(({ what }) => what)
  } finally {
    await client.end()
  }
}

async function open(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
