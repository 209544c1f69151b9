import { runChecks } from './check/run-checks.ts'
import { lastLine } from './test/tally.ts'

// `npm run check`: types, lint, format, boundaries and citations; no tests.
const tally = await runChecks()
console.log(lastLine(tally))
process.exitCode = tally.failed === 0 ? 0 : 1
