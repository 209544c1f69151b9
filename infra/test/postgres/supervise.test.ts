import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { serverAt, stopServer } from '../../src/postgres/pg-ctl.ts'
import { type SupervisedPostgres, supervisePostgres } from '../../src/postgres/supervise.ts'
import { isAlive } from '../../src/processes/identity.ts'
import { givenHome } from './given-home.ts'

const short = { everyMs: 50, answerMsMax: 500, missesMax: 3 }

async function givenServer(patience = short) {
  const postgres = await givenHome().start({ durable: true })
  const said: string[] = []
  const supervised = supervisePostgres(postgres, (text) => said.push(text), patience)
  onTestFinished(() => supervised.stop())
  return { postgres, supervised, said }
}

/** Inserts numbers one after the other, as an app would: by a pool, and each again until it is acknowledged. */
function givenWriter({ url }: SupervisedPostgres) {
  const pool = new Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 2_000 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const acknowledged: number[] = []
  const over = new AbortController()
  const write = async () => {
    await pool.query('create table kept (number int primary key)')
    for (let number = 0; !over.signal.aborted; number += 1) {
      try {
        await pool.query('insert into kept values ($1)', [number])
        acknowledged.push(number)
      } catch {
        await pause(10)
      }
    }
  }
  const written = write()
  const stop = async () => {
    over.abort()
    await written
    const { rows } = await pool.query<{ number: number }>('select number from kept')
    await pool.end()
    return new Set(rows.map(({ number }) => number))
  }
  return { acknowledged, stop }
}

test.each(['SIGKILL', 'SIGSTOP'] as const)(
  'after %s of the server the next write is answered within seconds, and nothing acknowledged is lost',
  async (signal) => {
    const { postgres, supervised, said } = await givenServer()
    const writer = givenWriter(supervised)
    // A busy disk takes some time for a hundred commits.
    await expect.poll(() => writer.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(100)
    const first = postgres.identity()
    process.kill(first.pid, signal)
    await expect.poll(() => said.at(-1), { timeout: 90_000 }).toBe('the embedded PostgreSQL answers again')
    expect(isAlive(first)).toBe(false)
    const before = writer.acknowledged.length
    await expect.poll(() => writer.acknowledged.length, { timeout: 10_000 }).toBeGreaterThan(before)
    await expect.poll(() => writer.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 100)
    const kept = await writer.stop()
    expect(writer.acknowledged.filter((number) => !kept.has(number))).toEqual([])
  },
)

test('a server that cannot start any more fails with one line that says why', async () => {
  const { postgres, supervised, said } = await givenServer()
  const control = join(postgres.dataFolder, 'global', 'pg_control')
  renameSync(control, `${control}.away`)
  process.kill(postgres.identity().pid, 'SIGKILL')
  const failure = await supervised.failed.catch((error: unknown) => String(error))
  expect(failure).toMatch(
    /^Error: the embedded PostgreSQL failed 6 times in a row: PostgreSQL did not start[^\n]*$/,
  )
  expect(said).toEqual(['the embedded PostgreSQL died; starting it again'])
})

test('a stop while it is being started again leaves no server', async () => {
  const { postgres, supervised, said } = await givenServer()
  process.kill(postgres.identity().pid, 'SIGKILL')
  await expect.poll(() => said.length, { timeout: 10_000 }).toBe(1)
  await supervised.stop()
  expect(isAlive(postgres.identity())).toBe(false)
})

test('a server that does not hear the stop is killed, and recovers what was committed', async () => {
  const home = givenHome()
  const postgres = await home.start({ durable: true })
  const pool = new Pool({ connectionString: postgres.url, max: 1 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  await pool.query('create table kept as select 42 as answer')
  await pool.end()
  const first = postgres.identity()
  process.kill(first.pid, 'SIGSTOP')
  await stopServer(serverAt(postgres.dataFolder), 1)
  await expect.poll(() => isAlive(first), { timeout: 10_000 }).toBe(false)
  await postgres.stop()
  const again = new Pool({ connectionString: (await home.start({ durable: true })).url, max: 1 })
  expect((await again.query('select answer from kept')).rows).toEqual([{ answer: 42 }])
  await again.end()
})
