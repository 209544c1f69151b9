import { spawn } from 'node:child_process'
import { join } from 'node:path'

// `npm run trust -- money [SEQUENCES]`: the stateful property of money in full, by default 500 sequences of 50 steps; then the same
// without the constraints of the schema, one at a time and all together. `npm test` runs a few sequences.

const SEQUENCES = 500

const repositoryRoot = join(import.meta.dirname, '..', '..', '..', '..')
const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
const sequences = process.argv[2] ?? String(SEQUENCES)
const child = spawn(process.execPath, [vitest, 'run', '--project', 'core', 'core/test/money'], {
  cwd: repositoryRoot,
  env: { ...process.env, DROPLOCK_SEQUENCES: sequences },
  stdio: 'inherit',
})
child.once('exit', (code) => {
  process.exitCode = code ?? 1
})
