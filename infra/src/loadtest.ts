import { makeBriefOutput } from './launch/output.ts'
import { stopSignals } from './launch/stop-signals.ts'
import { readArguments } from './loadtest/arguments.ts'
import { runLoadtest } from './loadtest/run-loadtest.ts'

// `npm run loadtest -- NAME`: one k6 scenario against apps and a database started for it. Exit code 99: a threshold.

/** Longer than any scenario with its start. */
const msMax = 300_000
/** How a shell tells that Ctrl-C ended a command. */
const interruptedCode = 130

const output = makeBriefOutput(process.stderr)
const { drain, hurry } = stopSignals(output)
hurry.addEventListener('abort', () => process.exit(interruptedCode))
const tooLong = AbortSignal.timeout(msMax)

try {
  const args = readArguments(process.argv.slice(2))
  process.exitCode = await runLoadtest(args, output, AbortSignal.any([drain, tooLong]))
} catch (error) {
  if (tooLong.aborted) output.say(`stopped: it took longer than ${msMax} ms`)
  else if (!drain.aborted) console.error(error instanceof Error ? error.message : error)
  process.exitCode = drain.aborted ? interruptedCode : 1
}
