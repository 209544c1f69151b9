import { findPostgres17 } from './installation/postgres.ts'
import { runInstallation } from './installation/run-installation.ts'
import { runCommand } from './launch/run-command.ts'

// `npm run installation`: sets Droplock up on an empty PostgreSQL 17 as an operator would, by `npm run admin` and the console alone,
// catches a name, revokes a key and disables a person, restores a backup, and updates an installation of the previous release while it takes
// orders. The last line is "N passed, N failed", with ", N skipped" where PostgreSQL 17 is not installed and the embedded 18 took its place, or
// the history has no previous release.

await runCommand(process.stdout, async (output, stop) => {
  const installed = findPostgres17()
  if (installed === undefined) {
    output.say(
      'skipped: PostgreSQL 17, which is not installed here (Debian: postgresql-17); the embedded 18 takes its place',
    )
  }
  const { passed, failed, skipped } = await runInstallation(installed, output, stop)
  const left = skipped + (installed === undefined ? 1 : 0)
  console.log(`${passed} passed, ${failed} failed${left === 0 ? '' : `, ${left} skipped`}`)
  return failed === 0 ? 0 : 1
})
