import { makeDemoOutput } from './demo/output.ts'
import { findPostgres17 } from './installation/find-postgres.ts'
import { runInstallation } from './installation/run-installation.ts'
import { stopSignals } from './launch/stop-signals.ts'

// `npm run installation`: sets Droplock up on an empty PostgreSQL 17 as whoever runs it would, by `npm run admin` and the console
// alone, catches a name, and shuts a key and a person out. The last line is "N passed, N failed".

const output = makeDemoOutput(process.stdout)
const { drain, hurry } = stopSignals(output)
hurry.addEventListener('abort', () => process.exit(1))

const installed = findPostgres17()
if (installed === undefined) {
  output.say('skipped: no PostgreSQL 17 is installed here; Debian has it as the package postgresql-17')
  console.log('0 passed, 0 failed')
} else {
  const { passed, failed } = await runInstallation(installed, output, drain)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
