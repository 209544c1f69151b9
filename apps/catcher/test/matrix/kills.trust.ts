import { spawn } from 'node:child_process'
import { join } from 'node:path'

// `npm run trust -- kills [KILLS_PER_LANE]`: kills the catcher in four lanes, 26 times each by default, and compares every
// outcome with the registry's. `npm test` runs some of these kills.

const KILLS_PER_LANE = '26'

const repositoryRoot = join(import.meta.dirname, '..', '..', '..', '..')
const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
const child = spawn(process.execPath, [vitest, 'run', '--project', 'catcher', 'catcher/test/kill.test.ts'], {
  cwd: repositoryRoot,
  env: { ...process.env, DROPLOCK_KILLS_PER_LANE: process.argv[2] ?? KILLS_PER_LANE },
  stdio: 'inherit',
})
child.once('exit', (code) => {
  process.exitCode = code ?? 1
})
