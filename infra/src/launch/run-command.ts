import type { Writable } from 'node:stream'
import { UsageError } from '../processes/arguments.ts'
import { makeBriefOutput, type Output } from './output.ts'
import { stopSignals } from './stop-signals.ts'

/** The exit code by which a shell shows that Ctrl-C ended a command. */
const INTERRUPTED_CODE = 130

/**
 * Runs a command that starts processes, with its messages on `stream`, and sets the exit code to what it resolves with.
 * The first Ctrl-C aborts `stop`, and the command takes everything down; the second ends it at once.
 */
export async function runCommand(
  stream: Writable,
  run: (output: Output, stop: AbortSignal) => Promise<number>,
): Promise<void> {
  const output = makeBriefOutput(stream)
  const { drain, hurry } = stopSignals(output)
  hurry.addEventListener('abort', () => process.exit(INTERRUPTED_CODE))
  try {
    process.exitCode = await run(output, drain)
  } catch (error) {
    process.exitCode = drain.aborted ? INTERRUPTED_CODE : 1
    if (drain.aborted) output.say('stopped; nothing is left running')
    else console.error(error instanceof UsageError ? error.message : error)
  }
}
