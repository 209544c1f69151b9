import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** How a program ended. `code` is 1 when a signal ended it. What it wrote is empty where it was shown. */
export type Ended = { readonly code: number; readonly out: string; readonly err: string }

type ProgramOptions = {
  readonly cwd?: string
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** `shown`: on our own streams. `kept`: to be returned. */
  readonly output: 'shown' | 'kept'
  /** Asks the program to end. */
  readonly signal?: AbortSignal
}

/** Runs a program to its end, without a shell and without input. Rejects when it cannot be started. */
export async function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, output, signal }: ProgramOptions,
): Promise<Ended> {
  const stream = output === 'shown' ? 'inherit' : 'pipe'
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stream, stream],
  })
  const end = () => child.kill('SIGTERM')
  signal?.addEventListener('abort', end, { once: true })
  try {
    const code = new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (exitCode) => resolve(exitCode ?? 1))
    })
    const [ended, out, err] = await Promise.all([code, textOf(child.stdout), textOf(child.stderr)])
    return { code: ended, out, err }
  } finally {
    signal?.removeEventListener('abort', end)
  }
}

const textOf = async (stream: NodeJS.ReadableStream | null) => (stream === null ? '' : text(stream))
