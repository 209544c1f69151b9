import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { repositoryRoot } from '../paths.ts'

/** A command that takes longer hangs, and is ended. */
const commandMsMax = 60_000

/** How a command ended, with what it wrote. */
type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

export type AdminCommand = {
  /** What it did: the JSON that it wrote. Throws with its error when it was refused. */
  readonly done: (...args: readonly string[]) => Promise<unknown>
  readonly run: (...args: readonly string[]) => Promise<Ended>
}

/** As a person types it. */
export const byNpm = ['npm', 'run', '--silent', 'admin', '--'] as const
/** What npm runs: a few seconds less on a busy machine. */
const byNode = [process.execPath, 'infra/src/admin.ts'] as const

/** `npm run admin` on a database. */
export function adminOf(
  databaseUrl: string,
  [program, ...first]: typeof byNpm | typeof byNode = byNode,
): AdminCommand {
  const run = async (...args: readonly string[]): Promise<Ended> => {
    const child = spawn(program, [...first, ...args], {
      cwd: repositoryRoot,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: commandMsMax,
    })
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    return { code, out, err }
  }
  const done = async (...args: readonly string[]): Promise<unknown> => {
    const { code, out, err } = await run(...args, '--json')
    if (code !== 0) throw new Error(`admin ${args[0]} ${args[1]}: ${err.trim()}`)
    return JSON.parse(out)
  }
  return { run, done }
}
