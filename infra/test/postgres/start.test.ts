import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeFor, serverUser } from '../../src/postgres/server-user.ts'
import { startPostgres } from '../../src/postgres/start.ts'
import { identityOf, isAlive } from '../../src/processes/identity.ts'
import { holdPorts } from '../../src/processes/port.ts'
import { ask, copyCluster } from './given-home.ts'

const isRoot = process.getuid?.() === 0
const nobody = 65_534
/** Below the ports that outgoing connections take. */
const firstPort = 24_700

let home: string
const cleanups: (() => unknown)[] = []
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'droplock-postgres-'))
  chmodSync(home, 0o755)
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  rmSync(home, { recursive: true, force: true })
})

async function start(port = firstPort, folder = home) {
  const postgres = await startPostgres({ dataFolder: join(folder, 'data'), port, durable: false })
  cleanups.push(postgres.stop)
  return postgres
}

async function launch(user: { uid?: number; gid?: number } = {}) {
  const args = [join(import.meta.dirname, 'launcher-fixture.ts'), join(home, 'data'), String(firstPort)]
  const child = spawn(process.execPath, args, { ...user, stdio: ['ignore', 'pipe', 'inherit'] })
  cleanups.push(() => child.exitCode ?? child.signalCode ?? (child.kill('SIGTERM'), once(child, 'exit')))
  const died = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`the launcher ended with ${code}`)),
  )
  const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), died])
  died.catch(() => undefined)
  const { url }: { url: string } = JSON.parse(String(line))
  return { child, url }
}

test('a fresh folder becomes a UTF-8 database that listens on 127.0.0.1 only, with room for race tests, and compiles nothing', async () => {
  const { url } = await start()
  const settings = [
    'server_encoding',
    'listen_addresses',
    'max_connections',
    'unix_socket_directories',
    'jit',
  ]
  const asked = `select ${settings.map((name) => `current_setting('${name}')`).join(', ')}`
  expect(await ask(url, asked)).toEqual(['UTF8', '127.0.0.1', '1500', '', 'off'])
})

test('what was committed is there after a stop and a start', async () => {
  copyCluster(join(home, 'data'))
  const first = await start()
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  const second = await start()
  expect(await ask(second.url, 'select answer from kept')).toEqual([42])
})

test('a busy port moves up to the next free one', async () => {
  copyCluster(join(home, 'data'))
  const { port, release } = await holdPorts(firstPort)
  cleanups.push(release)
  const { url } = await start(port)
  expect(Number(new URL(url).port)).toBeGreaterThan(port)
})

test('a server that was killed starts again while its process is dead and not collected yet', async () => {
  copyCluster(join(home, 'data'))
  const { dataFolder, identity, kill, startAgain, url } = await start()
  const record = join(dataFolder, 'postmaster.pid')
  const lines = readFileSync(record, 'utf8').split('\n')
  const killed = identity()
  kill()
  await expect.poll(() => isAlive(killed)).toBe(false)
  // Its child ends when it has become a program that collects none. PostgreSQL asks about processes of its own user alone.
  const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 60'], {
    ...serverUser(dataFolder),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  cleanups.push(() => parent.kill('SIGKILL'))
  const [pid] = await once(parent.stdout.setEncoding('utf8'), 'data')
  await expect.poll(() => identityOf(Number(pid)), { timeout: 10_000 }).toBe(undefined)
  writeFileSync(record, [String(pid).trim(), ...lines.slice(1)].join('\n'))
  await startAgain()
  expect(await ask(url, 'select 1')).toEqual([1])
})

test('a server starts again on its port although something else holds it for a moment', async () => {
  copyCluster(join(home, 'data'))
  const { dataFolder, identity, kill, startAgain, url } = await start()
  const port = Number(new URL(url).port)
  const killed = identity()
  kill()
  await expect.poll(() => isAlive(killed)).toBe(false)
  let held = await holdPorts(port)
  while (held.port !== port) {
    await held.release()
    held = await holdPorts(port)
  }
  const log = join(dataFolder, 'server.log')
  const started = startAgain()
  await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toContain('could not bind')
  await held.release()
  await started
  expect(await ask(url, 'select 1')).toEqual([1])
})

test('the server of a launcher killed with -9 is taken over with its data', async () => {
  copyCluster(join(home, 'data'))
  const killed = await launch()
  await ask(killed.url, 'create table kept as select 42 as answer')
  killed.child.kill('SIGKILL')
  await once(killed.child, 'exit')
  expect(await ask(killed.url, 'select answer from kept')).toEqual([42])

  const { url } = await start()
  expect(await ask(url, 'select answer from kept')).toEqual([42])
})

test("another living launcher's database is never stopped", async () => {
  copyCluster(join(home, 'data'))
  const other = await launch()
  await expect(start()).rejects.toThrow(/another launcher \(process \d+\)/)
  expect(await ask(other.url, 'select 1')).toEqual([1])
})

test('a stop signal ends the launcher and its server', async () => {
  copyCluster(join(home, 'data'))
  const { child, url } = await launch()
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  await expect(ask(url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test.skipIf(!isRoot)('an unprivileged user can start it too', async ({ skip }) => {
  const program = process.execPath
  skip(
    placeFor(program, { uid: nobody }) !== program,
    'other users may not enter the folder of this checkout',
  )
  chownSync(home, nobody, nobody)
  const { url } = await launch({ uid: nobody, gid: nobody })
  expect(await ask(url, 'select 1')).toEqual([1])
})

test.skipIf(!isRoot)('root can start it below a folder that no one else may enter', async () => {
  const closed = join(home, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const postgres = await start(firstPort, closed)
  cleanups.unshift(() => rmSync(postgres.dataFolder, { recursive: true, force: true }))
  expect(await ask(postgres.url, 'select 1')).toEqual([1])
})
