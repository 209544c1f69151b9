import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Ran } from './support.ts'

const infra = join(import.meta.dirname, '..', '..', 'infra', 'src')

/** The command as it is typed, with its own database and apps. It ends when the tests do, however they end. */
async function dropBurst(...options: readonly string[]): Promise<Ran> {
  const withParent = join(infra, 'processes', 'with-parent.ts')
  const args = ['--import', withParent, join(infra, 'loadtest.ts'), 'drop-burst', ...options]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  return { code, out, err }
}

function crossed({ err }: Ran): readonly string[] {
  return [...err.matchAll(/threshold crossed: (.*)$/gm)].map(([, threshold]) => threshold ?? '')
}

const small = ['--names', '20', '--rate', '20']

test.concurrent('a drop passes: every result reaches its reseller, and every guarantee is proven', async () => {
  // A threshold for a machine that does much else; times are not what is tested here.
  const ran = await dropBurst(...small, '--visible-ms-max', '30000')
  expect(crossed(ran), ran.err).toEqual([])
  expect(ran.code, ran.err).toBe(0)
  expect(ran.out).toContain('"metric":"names_decided","value":20')
  expect(ran.out).toContain('"metric":"invariants_broken","value":0')
})

test.concurrent('a stall of the settlements fails the run by the threshold of its latency, and by no other', async () => {
  const ran = await dropBurst(...small, '--visible-ms-max', '1000', '--stall-ms', '6000')
  expect(crossed(ran), ran.err).toEqual([
    'answer_to_visible{result:successful} p(95)<1000',
    'answer_to_visible{result:failed} p(95)<1000',
  ])
  expect(ran.code).toBe(99)
  expect(ran.out).toContain('"metric":"invariants_broken","value":0')
})
