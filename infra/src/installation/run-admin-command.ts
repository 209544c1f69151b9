import { repositoryRoot } from '../paths.ts'
import { type Ended, runProgram } from '../processes/run-program.ts'

/** A command that takes longer hangs, and is ended. */
const COMMAND_MS_MAX = 60_000

export type AdminCommand = {
  /** Runs a verb and returns the JSON that it wrote. Throws with its error when it was refused. */
  readonly done: (...args: readonly string[]) => Promise<unknown>
  readonly run: (...args: readonly string[]) => Promise<Ended>
}

/** As a person types it. */
export const byNpm = ['npm', 'run', '--silent', 'admin', '--'] as const
/** What npm runs: a few seconds less on a busy machine. */
export const byNode = [process.execPath, 'infra/src/admin.ts'] as const

/** `npm run admin` on a database, of the release in that folder. */
export function adminOf(
  databaseUrl: string,
  command: typeof byNpm | typeof byNode = byNode,
  release: string = repositoryRoot,
): AdminCommand {
  const run = (...args: readonly string[]) =>
    runProgram([...command, ...args], {
      cwd: release,
      env: { DATABASE_URL: databaseUrl },
      output: 'kept',
      signal: AbortSignal.timeout(COMMAND_MS_MAX),
    })
  const done = async (...args: readonly string[]): Promise<unknown> => {
    const { code, out, err } = await run(...args, '--json')
    if (code !== 0) throw new Error(`admin ${args[0]} ${args[1]}: ${err.trim()}`)
    return JSON.parse(out)
  }
  return { run, done }
}
