import { makeDemoOutput } from './demo/output.ts'
import { stopSignals } from './launch/stop-signals.ts'
import { runLoadtest } from './loadtest/run-loadtest.ts'
import { scenarioPath } from './loadtest/scenarios.ts'

// `npm run loadtest -- NAME`: one k6 scenario against a gateway and a database started for it. Exit code 99: a threshold.

/** Longer than any scenario with its start. */
const msMax = 180_000
/** How a shell tells that Ctrl-C ended a command. */
const interruptedCode = 130

const output = makeDemoOutput(process.stderr)
const { drain, hurry } = stopSignals(output)
hurry.addEventListener('abort', () => process.exit(interruptedCode))

try {
  const script = scenarioPath(process.argv[2])
  process.exitCode = await runLoadtest(script, output, AbortSignal.any([drain, AbortSignal.timeout(msMax)]))
} catch (error) {
  if (!drain.aborted) console.error(error instanceof Error ? error.message : error)
  process.exitCode = drain.aborted ? interruptedCode : 1
}
