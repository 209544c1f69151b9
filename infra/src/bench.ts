import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { repositoryRoot } from './paths.ts'
import { startTemporaryPostgres } from './postgres/temporary.ts'

// `npm run bench -- NAME`: runs {infra,packages/*,apps/*}/bench/NAME.ts against a fresh, durable database, whose URL is its first
// argument, without the password, which other users could see there: it is in the environment. What follows NAME is passed on. A bench prints its results as JSON lines.

const [name, ...rest] = process.argv.slice(2)
const files = globSync('{infra,packages/*,apps/*}/bench/*.ts', { cwd: repositoryRoot }).toSorted()
const file = files.find((path) => basename(path, '.ts') === name)
if (file === undefined) {
  const names = files.map((path) => basename(path, '.ts')).join(', ')
  console.error(`usage: npm run bench -- NAME, where NAME is one of: ${names}`)
  process.exitCode = 1
} else {
  process.exitCode = await runBench(file, rest)
}

async function runBench(path: string, args: readonly string[]): Promise<number> {
  // Ctrl-C reaches the bench as well; this process stays to take the database down.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  const postgres = await startTemporaryPostgres({ durable: true })
  try {
    const url = new URL(postgres.url)
    const { password } = url
    url.password = ''
    return await runToEnd(path, [url.href, ...args], { PGPASSWORD: password })
  } finally {
    await postgres.stop()
  }
}

function runToEnd(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repositoryRoot, path), ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
