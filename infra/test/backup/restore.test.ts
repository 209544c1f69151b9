import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { makeTemplate } from '@droplock/core/testing/template'
import { SEEN_SECONDS_MIN } from '@droplock/rules/staff'
import { expect, test } from 'vitest'
import { passwordFileOf } from '../../src/postgres/secure.ts'
import { serverUser } from '../../src/postgres/server-user.ts'
import { type Postgres, startPostgres } from '../../src/postgres/start.ts'
import { startTemporaryPostgres } from '../../src/postgres/temporary.ts'
import { isAlive } from '../../src/processes/identity.ts'
import { noFault, runRound } from '../matrix/service/round.ts'
import { createWitness, readsOf } from '../matrix/service/witness.ts'
import { startWorld, type World, zone } from '../matrix/service/world.ts'
import { reconcileBooks } from '../reconcile/reconcile-books.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

const INSTALLED = '/usr/lib/postgresql/17'
const program = (name: string) => join(INSTALLED, 'bin', name)
/** While the server is away nobody else may take its port: apps come back to it. Below the ports that outgoing connections take. */
const PORT = 23_800 + (process.pid % 90)

type BackedUp = {
  readonly postgres: Postgres
  /** What `pg_hba.conf` was before backups were allowed. */
  readonly access: string
  readonly user: ReturnType<typeof serverUser>
  /** For backups: any database of the server. */
  readonly url: string
  readonly walFolder: string
  readonly receiving: ChildProcess
  /** Makes a folder that the user of the server may write to. */
  readonly folder: (name: string) => string
}

/** A server whose log goes to another machine as it is written, and whose commits wait for that, as the installation guide has it. */
async function startBackedUp(home: string, cleanup: AsyncDisposableStack): Promise<BackedUp> {
  const user = serverUser(home)
  const folder = (name: string) => {
    const path = join(home, name)
    mkdirSync(path, { mode: 0o700 })
    if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid)
    return path
  }
  const postgres = await startTemporaryPostgres({ durable: true, installed: INSTALLED, port: PORT })
  cleanup.defer(postgres.stop)
  const accessFile = join(postgres.dataFolder, 'pg_hba.conf')
  const access = readFileSync(accessFile, 'utf8')
  writeFileSync(accessFile, `${access}host replication all 127.0.0.1/32 scram-sha-256\n`)
  const ask = (text: string) => onServer(postgres.url, (client) => client.query(text))
  await ask('select pg_reload_conf()')
  const url = postgres.url.replace(/[^/]+$/, '')
  const walFolder = folder('wal')
  const receiving = receiveWal(url, walFolder, user)
  cleanup.defer(() => void receiving.kill('SIGKILL'))
  const streaming =
    "select from pg_stat_replication where application_name = 'elsewhere' and state = 'streaming'"
  await expect.poll(async () => (await ask(streaming)).rowCount, { timeout: 30_000 }).toBe(1)
  await ask("alter system set synchronous_standby_names = 'elsewhere'")
  await ask('select pg_reload_conf()')
  return { postgres, access, user, url, walFolder, receiving, folder }
}

function backUp({ url, user, folder }: BackedUp): string {
  const base = folder('base')
  const command = ['--dbname', url, '--pgdata', base, '--checkpoint=fast', '--wal-method=none']
  const { status, stderr } = spawnSync(program('pg_basebackup'), command, {
    ...user,
    cwd: '/',
    encoding: 'utf8',
  })
  expect({ status, said: status === 0 ? '' : stderr }).toEqual({ status: 0, said: '' })
  return base
}

/** The machine is gone, with its disk. */
async function lose({ postgres, receiving }: BackedUp): Promise<void> {
  const lost = postgres.identity()
  process.kill(lost.pid, 'SIGKILL')
  await expect.poll(() => isAlive(lost)).toBe(false)
  receiving.kill('SIGTERM')
  await once(receiving, 'exit')
  rmSync(postgres.dataFolder, { recursive: true, force: true })
}

/** From the base and the log alone, at the address of the lost one, as the installation guide has it. It only reads until it is promoted. */
async function restore(home: string, base: string, { walFolder, access, user, postgres }: BackedUp) {
  const dataFolder = join(home, 'restored')
  cpSync(base, dataFolder, { recursive: true, preserveTimestamps: true })
  for (const file of readdirSync(walFolder).filter((name) => name.endsWith('.partial')))
    renameSync(join(walFolder, file), join(walFolder, file.replace('.partial', '')))
  writeFileSync(join(dataFolder, 'standby.signal'), '')
  const settings = [`restore_command = 'cp ${walFolder}/%f %p'`, "synchronous_standby_names = ''", '']
  writeFileSync(join(dataFolder, 'postgresql.auto.conf'), settings.join('\n'))
  writeFileSync(join(dataFolder, 'pg_hba.conf'), access)
  const { password } = new URL(postgres.url)
  writeFileSync(passwordFileOf(dataFolder), decodeURIComponent(password), { mode: 0o600 })
  if (user.uid !== undefined) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, dataFolder])
  chmodSync(dataFolder, 0o700)
  const restored = await startPostgres({ dataFolder, port: PORT, durable: true, installed: INSTALLED })
  expect(new URL(restored.url).port).toBe(String(PORT))
  return restored
}

test.skipIf(!existsSync(program('pg_basebackup')))(
  'the database’s machine is lost while everything runs: what was acknowledged is restored on an empty one, the apps go on there, and the books agree',
  { timeout: 600_000 },
  async () => {
    await using cleanup = new AsyncDisposableStack()
    const home = mkdtempSync(join(tmpdir(), 'droplock-restore-'))
    cleanup.defer(() => rmSync(home, { recursive: true, force: true }))
    chmodSync(home, 0o755)
    const backedUp = await startBackedUp(home, cleanup)
    const template = await makeTemplate(backedUp.postgres.url, `restore_${process.pid}`)
    let restored: Postgres | undefined
    // After the world, which still needs it.
    cleanup.defer(async () => restored?.stop())
    const world = cleanup.use(await startWorld({ template }))
    expect((await runRound(world, { number: 1, injection: noFault })).wrong).toEqual([])
    const base = backUp(backedUp)
    expect((await runRound(world, { number: 2, injection: noFault })).wrong).toEqual([])
    await ageSession(world)
    const before = await readBooks(world)
    await lose(backedUp)
    restored = await restore(home, base, backedUp)
    await expect.poll(() => readBooks(world).catch(() => undefined), { timeout: 60_000 }).toEqual(before)
    try {
      await expectToAskAgain(world)
    } finally {
      await onServer(restored.url, (client) => client.query('select pg_promote()'))
    }
    // Everything goes on by itself, and the books of both sides agree.
    expect((await runRound(world, { number: 3, injection: noFault })).wrong).toEqual([])
    const { code, out, err } = await reconcileBooks(world.clone.url, world.environment.sandbox)
    expect({ code, out, err }).toMatchObject({ code: 0 })
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ unmatched: 0, unread: [] })
  },
)

function receiveWal(url: string, folder: string, user: ReturnType<typeof serverUser>): ChildProcess {
  const dbname = `${url}postgres?application_name=elsewhere`
  return spawn(program('pg_receivewal'), ['--dbname', dbname, '--directory', folder, '--synchronous'], {
    ...user,
    cwd: '/',
    stdio: 'ignore',
  })
}

/** The person's next request is noted, which is a write. */
async function ageSession({ ctx }: World): Promise<void> {
  const seenAt = new Date(Date.now() - 2 * 1_000 * SEEN_SECONDS_MIN)
  await ctx.db.updateTable('staff_session').set({ seen_at: seenAt }).execute()
}

/** What only reads is answered once the lost connections are replaced, and what needs a write is to be asked again. */
async function expectToAskAgain(world: World): Promise<void> {
  const { ask, wrong } = createWitness({ mayHang: false, answerMsMax: 15_000 })
  const { orders, today } = readsOf(world)
  await expect.poll(async () => (await ask(orders))?.status, { timeout: 30_000 }).toBe(200)
  const { reseller } = world.buyers
  const order = {
    what: 'POST orders',
    url: `${reseller.url}/v1/backorders`,
    method: 'POST',
    headers: { ...reseller.headers, 'idempotency-key': newId() },
    body: { name: `round-1-0.${zone}`, payment: reseller.pays },
  } as const
  expect(await ask(order)).toBeUndefined()
  expect(await ask(today)).toBeUndefined()
  expect(wrong).toEqual([])
}

/** Every order with its state, and what every account has. */
async function readBooks({ ctx }: World): Promise<unknown> {
  const orders = await ctx.db.selectFrom('backorder').select(['id', 'state']).orderBy('id').execute()
  const balances = await ctx.db.selectFrom('account').select(['id', 'balance_minor']).orderBy('id').execute()
  const postings = await ctx.db
    .selectFrom('posting')
    .select(({ fn }) => [fn.countAll().as('count'), fn.sum('amount_minor').as('sum')])
    .executeTakeFirstOrThrow()
  return { orders, balances, postings }
}
