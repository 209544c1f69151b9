import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../../src/paths.ts'

// `npm run trust -- doors [REQUESTS] [SEED]`: requests that are generated from both OpenAPI documents, valid and hostile, to
// the gateway and the operators' API as separate processes: 100,000 unless given otherwise. `npm test` sends 20,000. A
// fault is reported with its request as a line for a shell; the same seed makes the same kinds of requests again.

const REQUESTS = 100_000

const [requests = String(REQUESTS), seed = String(Math.floor(Math.random() * 1e9))] = process.argv.slice(2)
const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
const child = spawn(process.execPath, [vitest, 'run', '--project', 'infra', 'infra/test/doors'], {
  cwd: repositoryRoot,
  env: { ...process.env, DROPLOCK_DOOR_REQUESTS: requests, DROPLOCK_DOOR_SEED: seed },
  stdio: 'inherit',
})
child.once('exit', (code) => {
  process.exitCode = code ?? 1
})
