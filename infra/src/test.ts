import { runChecks } from './check/run-checks.ts'
import { repositoryRoot } from './paths.ts'
import { runVitest } from './test/run-vitest.ts'
import { add, lastLine, type Tally } from './test/tally.ts'

// `npm test`: the static checks, then every test. Whatever happens, the last line is the tally.
async function run(): Promise<Tally> {
  const checks = await runChecks()
  return add(checks, await runVitest({ root: repositoryRoot, args: process.argv.slice(2) }))
}

const tally = await run().catch((error: unknown): Tally => {
  console.error(error)
  return { passed: 0, failed: 1 }
})
console.log(lastLine(tally))
process.exitCode = tally.failed === 0 ? 0 : 1
