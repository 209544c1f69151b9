import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { repositoryRoot } from './paths.ts'

// `npm run trust -- NAME`: runs test/matrix/NAME.trust.ts of a workspace in full; `npm test` runs a share of each. What
// follows NAME is passed on. Without NAME all are run. Exits 1 when one of them found something wrong.

const [name, ...rest] = process.argv.slice(2)
const files = globSync('{packages/*,apps/*,infra}/test/matrix/*.trust.ts', { cwd: repositoryRoot }).toSorted()
const nameOf = (path: string) => basename(path, '.trust.ts')
const wanted = files.filter((path) => name === undefined || nameOf(path) === name)
if (wanted.length === 0) {
  console.error(`usage: npm run trust -- NAME, where NAME is one of: ${files.map(nameOf).join(', ')}`)
  process.exitCode = 1
}
for (const path of wanted) {
  if ((await runToEnd(path, rest)) !== 0) process.exitCode = 1
}

function runToEnd(path: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repositoryRoot, path), ...args], { stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
