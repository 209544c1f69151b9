import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const source = join(import.meta.dirname, '..', 'src')

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

/** Runs a script under the stand-in, in a process of its own as it is meant to be. Whatever else the machine does meanwhile is no reason to refuse it. */
export async function run(script: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-loadtest-'))
  const path = join(folder, 'script.ts')
  writeFileSync(path, script)
  try {
    const args = ['--import', join(source, 'hook.ts'), join(source, 'run.ts'), path]
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ACCEPT_BUSY_GENERATOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const code = await new Promise<number | null>((resolve) => {
      child.once('close', resolve)
    })
    return { code, out, err }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
