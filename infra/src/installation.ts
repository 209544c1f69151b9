import { findPostgres17 } from './installation/postgres.ts'
import { runInstallation } from './installation/run-installation.ts'
import { makeBriefOutput } from './launch/output.ts'
import { stopSignals } from './launch/stop-signals.ts'

// `npm run installation`: sets Droplock up on an empty PostgreSQL 17 as whoever runs it would, by `npm run admin` and the console
// alone, catches a name, and shuts a key and a person out. The last line is "N passed, N failed", with ", 1 skipped" where there is
// no PostgreSQL 17 and the embedded 18 served in its place.

const output = makeBriefOutput(process.stdout)
const { drain, hurry } = stopSignals(output)
hurry.addEventListener('abort', () => process.exit(1))

const installed = findPostgres17()
if (installed === undefined) {
  output.say(
    'skipped: PostgreSQL 17, which is not installed here (Debian: postgresql-17); the embedded 18 takes its place',
  )
}
const { passed, failed } = await runInstallation(installed, output, drain)
console.log(`${passed} passed, ${failed} failed${installed === undefined ? ', 1 skipped' : ''}`)
process.exitCode = failed === 0 ? 0 : 1
