import { runCommand } from './launch/run-command.ts'
import { readArguments } from './loadtest/arguments.ts'
import { runLoadtest } from './loadtest/run-loadtest.ts'

// `npm run loadtest -- NAME`: one k6 scenario against apps and a database started for it. Exit code 99: a threshold is crossed; 98: the load
// generator was at its limit, so that the figures are no result.

/** Longer than any scenario takes besides what it was asked to last: its start, its orders, the proofs at its end. */
const MS_MAX = 300_000
const MS_MAX_PER_NAME = 100

await runCommand(process.stderr, async (output, stop) => {
  const args = readArguments(process.argv.slice(2))
  const msMax = MS_MAX + 1_000 * args.rule.seconds + MS_MAX_PER_NAME * args.rule.names
  const tooLong = AbortSignal.timeout(msMax)
  try {
    return await runLoadtest(args, output, AbortSignal.any([stop, tooLong]))
  } catch (error) {
    if (!tooLong.aborted) throw error
    throw new Error(`stopped: it took longer than ${msMax} ms`, { cause: error })
  }
})
