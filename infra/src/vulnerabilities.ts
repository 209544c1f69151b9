import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findVulnerable } from './check/find-vulnerable.ts'
import { repositoryRoot } from './paths.ts'

// `npm run vulnerabilities`: known vulnerabilities of the packages that are shipped. Exits 0 where there is none that is high or critical, 1
// where there is, and 3 where the package registry gives no report: then nothing is known.

const NOT_RUN = 3
const ANSWER_MS_MAX = 60_000

const { stdout } = spawnSync(
  join(repositoryRoot, 'node_modules', '.bin', 'pnpm'),
  ['audit', '--prod', '--json'],
  { cwd: repositoryRoot, encoding: 'utf8', timeout: ANSWER_MS_MAX, maxBuffer: 2 ** 26 },
)
const found = findVulnerable(stdout ?? '')
if (found.kind === 'not_run') {
  console.log(`vulnerabilities: not run: ${found.reason}`)
  process.exitCode = NOT_RUN
} else {
  for (const line of found.grave) console.error(line)
  console.log(`vulnerabilities: ${found.grave.length} high or critical, ${found.others} others`)
  process.exitCode = found.grave.length === 0 ? 0 : 1
}
