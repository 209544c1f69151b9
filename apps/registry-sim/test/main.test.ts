import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectEpp } from './support/epp-client.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sim-main-'))
})
afterEach(() => rm(folder, { recursive: true }))

function run(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    env: {
      DROPLOCK_SIM_TLS_FOLDER: folder,
      DROPLOCK_SIM_CONTROL_PORT: '0',
      DROPLOCK_SIM_EPP_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

type Line = {
  readonly msg: string
  readonly registry?: string
  readonly port?: number
  readonly control?: string
}

async function readUntilReady(child: ChildProcess): Promise<Line[]> {
  const lines: Line[] = []
  if (!child.stdout) throw new Error('no output')
  for await (const text of createInterface({ input: child.stdout })) {
    const line: Line = JSON.parse(text)
    lines.push(line)
    if (line.msg === 'registry simulator ready') return lines
  }
  throw new Error('it ended before it was ready')
}

test('it runs with nothing but ports set, says where it listens, and a SIGTERM ends it with 0', async () => {
  const child = run({ DROPLOCK_SIM_AUTO_NAMES: '1' })
  const ended = once(child, 'exit')
  const lines = await readUntilReady(child)
  const port = lines.find(({ registry }) => registry === 'exact')?.port ?? 0
  const ca = await readFile(join(folder, 'ca.pem'), 'utf8')
  const client = await connectEpp({ id: 'exact', host: '127.0.0.1', port, ca })
  expect(client.greeting).toContain('<svID>Registry simulator exact</svID>')
  const list = await (await fetch(`${lines.at(-1)?.control}/registries/daily/drop-list.csv`)).text()
  expect(list.split('\n')).toHaveLength(14)
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test('a bad value is one clear line on standard error and exit 1', async () => {
  const child = run({ DROPLOCK_SIM_SEED: 'many' })
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(text).toBe('registry-sim: DROPLOCK_SIM_SEED: must be a whole number\n')
})
