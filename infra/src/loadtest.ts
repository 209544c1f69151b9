import { runCommand } from './launch/run-command.ts'
import { readArguments } from './loadtest/arguments.ts'
import { runLoadtest } from './loadtest/run-loadtest.ts'

// `npm run loadtest -- NAME`: one k6 scenario against apps and a database started for it. Exit code 99: a threshold is exceeded.

/** Longer than any scenario with its start. */
const MS_MAX = 300_000

await runCommand(process.stderr, async (output, stop) => {
  const args = readArguments(process.argv.slice(2))
  const tooLong = AbortSignal.timeout(MS_MAX)
  try {
    return await runLoadtest(args, output, AbortSignal.any([stop, tooLong]))
  } catch (error) {
    if (!tooLong.aborted) throw error
    throw new Error(`stopped: it took longer than ${MS_MAX} ms`, { cause: error })
  }
})
