import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ObjectRegistry } from './support/object-registry.ts'
import { PASSWORD } from './support/pool.ts'
import { startRegistry, TEST_CA } from './support/registry.ts'

const RUN = fileURLToPath(new URL('../src/conformance/run.ts', import.meta.url))

type Ended = { readonly code: number; readonly out: string; readonly err: string }

function run(env: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--test-reporter=tap', RUN], { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })
}

/** A registry in memory with everything that the suites need, and the settings of a run against it. */
async function place() {
  const book = new ObjectRegistry()
  const registry = await startRegistry(book.script)
  onTestFinished(() => registry.stop())
  registry.greet = book.greet
  book.hold('held.test')
  book.price('premium.test')
  const folder = mkdtempSync(join(tmpdir(), 'epp-suite-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const env = {
    EPP_HOST: '127.0.0.1',
    EPP_PORT: String(registry.port),
    EPP_SERVER_NAME: 'localhost',
    EPP_CA_FILE: file('ca.pem', TEST_CA),
    EPP_CLID: 'droplock',
    EPP_PASSWORD_FILE: file('password', `${PASSWORD}\n`),
    EPP_PROFILE: 'nl-like',
    EPP_ZONE: 'test',
    EPP_HELD_NAME: 'held.test',
    EPP_PREMIUM_NAME: 'premium.test',
    EPP_HAS: 'contacts,hosts,fee',
  }
  return { registry, env }
}

test('the suites run against the endpoint in the environment, and report the skipped cases', async () => {
  const { env } = await place()
  const { code, out, err } = await run(env)
  expect(err).toBe('')
  expect(out).toMatch(
    /^ok \d+ - a create whose answer is lost is unknown, and info shows that the name is ours$/mu,
  )
  expect(out).toMatch(/^ok \d+ - a delegation signer is set and shown # SKIP needs the DNSSEC extension$/mu)
  expect(out).toMatch(/^ok \d+ - a premium name is not bought with the cap of a standard name$/mu)
  expect(out).toMatch(/^# fail 0$/mu)
  expect(out).toMatch(/^# pass 25$/mu)
  expect(code).toBe(0)
})

test('no clTRID is used twice, in a run or in the next one', async () => {
  const { registry, env } = await place()
  const ended = [await run(env), await run(env)]
  expect(ended.map(({ code }) => code)).toEqual([0, 0])
  const ids = registry.arrivals.filter(({ verb }) => verb !== 'hello').map(({ clTRID }) => clTRID)
  expect(ids.length).toBeGreaterThan(100)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
})

test('without its settings it reports which one is missing, and lists them all', async () => {
  const { code, err } = await run({ EPP_PROFILE: 'nl-like' })
  expect(err).toMatch(/^EPP_ZONE is not set$/mu)
  expect(err).toContain('EPP_PASSWORD_FILE')
  expect(code).toBe(1)
})
