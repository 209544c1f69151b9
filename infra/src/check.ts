import { runChecks } from './check/run-checks.ts'
import { lastLine } from './test/tally.ts'

// `npm run check`: types, lint, format and boundaries; no tests.
const tally = await runChecks()
console.log(lastLine(tally))
process.exitCode = tally.failed === 0 ? 0 : 1
