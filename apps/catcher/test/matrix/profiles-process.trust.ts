import { spawn } from 'node:child_process'
import { join } from 'node:path'

// `npm run trust -- profiles-process [SECONDS]`: the catcher as a process against every kind of registry side by side, at full
// strength and under every fault, for 300 seconds by default. `npm test` tries some kinds for a few seconds.

const SECONDS = 300

const repositoryRoot = join(import.meta.dirname, '..', '..', '..', '..')
const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
const seconds = process.argv[2] ?? String(SECONDS)
const child = spawn(process.execPath, [vitest, 'run', '--project', 'catcher', 'matrix/profiles-process'], {
  cwd: repositoryRoot,
  env: { ...process.env, DROPLOCK_PROFILE_SECONDS: seconds },
  stdio: 'inherit',
})
child.once('exit', (code) => {
  process.exitCode = code ?? 1
})
