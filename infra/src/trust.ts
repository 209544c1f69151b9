import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { lineOf, TRUST_RESULT_FILE, type TrustResult } from '@droplock/core/testing/trust-result'
import { repositoryRoot } from './paths.ts'
import { readmeWith, trustPage } from './trust/page.ts'
import { type Part, sumUp } from './trust/sum-up.ts'

// `npm run trust` runs a share of every test/matrix/NAME.trust.ts of a workspace; `npm run trust -- NAME` one in full. What follows
// NAME is passed on. `npm run trust -- --write` writes what all of them showed to docs/trust.md and README.md. The last
// line is one JSON object. Exits 1
// when one of them found something wrong, missed a protection that was taken away, or ended without a result.

const [first, ...others] = process.argv.slice(2)
const isWritten = first === '--write'
const [name, rest] = isWritten ? [undefined, others] : [first, others]
const files = globSync('{packages/*,apps/*,infra}/test/matrix/*.trust.ts', { cwd: repositoryRoot }).toSorted()
const nameOf = (path: string) => basename(path, '.trust.ts')
const wanted = files.filter((path) => name === undefined || nameOf(path) === name)
if (wanted.length === 0) {
  console.error(`usage: npm run trust -- NAME, where NAME is one of: ${files.map(nameOf).join(', ')}`)
  process.exitCode = 1
} else {
  const parts: Part[] = []
  for (const path of wanted) parts.push(await runPart(path, name === undefined ? ['--share'] : rest))
  const sum = sumUp(parts)
  console.log(
    `\n${parts.map(({ name: part, result, seconds }) => `${part}: ${JSON.stringify(result ? lineOf(result) : 'no result')}, ${Math.round(seconds)} s`).join('\n')}`,
  )
  if (isWritten) writeDown(parts, new Date())
  console.log(JSON.stringify(sum))
  if (sum.failed.length > 0) process.exitCode = 1
}

function writeDown(parts: readonly Part[], at: Date): void {
  const readme = join(repositoryRoot, 'README.md')
  writeFileSync(join(repositoryRoot, 'docs', 'trust.md'), trustPage(parts, at))
  writeFileSync(readme, readmeWith(readFileSync(readme, 'utf8'), parts, at))
}

async function runPart(path: string, args: readonly string[]): Promise<Part> {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-trust-'))
  const resultFile = join(folder, 'result')
  const from = performance.now()
  console.log(`════ ${nameOf(path)}`)
  try {
    const exitCode = await runToEnd(path, args, resultFile)
    return {
      name: nameOf(path),
      exitCode,
      result: readResult(resultFile),
      seconds: (performance.now() - from) / 1_000,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readResult(file: string): TrustResult | undefined {
  try {
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    return JSON.parse(lines.at(-1) ?? '') as TrustResult
  } catch {
    return undefined
  }
}

function runToEnd(path: string, args: readonly string[], resultFile: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, [TRUST_RESULT_FILE]: resultFile }
    const child = spawn(process.execPath, [join(repositoryRoot, path), ...args], { stdio: 'inherit', env })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
