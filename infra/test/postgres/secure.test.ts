import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { passwordFileOf } from '../../src/postgres/secure.ts'
import { ask, givenHome } from './given-home.ts'

function withPassword(url: string, password: string): string {
  const other = new URL(url)
  other.password = password
  return other.href
}

const passwordOf = (url: string) => new URL(url).password

test('no user connects without the password, and each cluster has its own', async () => {
  const one = await givenHome().start()
  const two = await givenHome().start()
  expect(passwordOf(one.url).length).toBeGreaterThanOrEqual(32)
  expect(passwordOf(one.url)).not.toBe(passwordOf(two.url))
  for (const user of ['droplock', 'postgres']) {
    for (const password of ['', 'guessed', passwordOf(two.url)]) {
      const url = new URL(withPassword(one.url, password))
      url.username = user
      await expect(ask(url.href, 'select 1')).rejects.toThrow(/password/)
    }
  }
  expect(await ask(one.url, 'select 1')).toEqual([1])
})

test('the password can be read by the owner of its file alone, and in no argument list and no log', async () => {
  const postgres = await givenHome().start()
  const file = passwordFileOf(postgres.dataFolder)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const password = passwordOf(postgres.url)
  expect(readFileSync(file, 'utf8')).toBe(password)
  const args = spawnSync('ps', ['-o', 'args=', '-p', String(postgres.identity().pid)], {
    encoding: 'utf8',
  }).stdout
  expect(args).toContain(postgres.dataFolder)
  expect(args).not.toContain(password)
  const logs = readdirSync(postgres.dataFolder).filter((name) => name.startsWith('server.log'))
  expect(logs).not.toEqual([])
  for (const log of logs) expect(readFileSync(join(postgres.dataFolder, log), 'utf8')).not.toContain(password)
})

test('the next start knows the password', async () => {
  const home = givenHome()
  const first = await home.start()
  await first.stop()
  expect(passwordOf((await home.start()).url)).toBe(passwordOf(first.url))
})

test('a cluster that trusts every local user has a password at its next start, and its data', async () => {
  const home = givenHome()
  const first = await home.start()
  await ask(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  writeFileSync(join(first.dataFolder, 'pg_hba.conf'), 'host all all 127.0.0.1/32 trust\n')
  rmSync(passwordFileOf(first.dataFolder))
  const { url } = await home.start()
  expect(await ask(url, 'select answer from kept')).toEqual([42])
  for (const password of ['', passwordOf(first.url)])
    await expect(ask(withPassword(url, password), 'select 1')).rejects.toThrow(/password/)
})
