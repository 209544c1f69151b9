import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { repositoryRoot, stateFolder } from '../paths.ts'
import { release, tryClaim } from '../processes/claim.ts'

const home = join(repositoryRoot, 'apps', 'console')
const built = join(home, 'dist', 'index.html')
const record = join(stateFolder, 'console-build')

/** How often the end of another process's build is checked. */
const lookMs = 200

/** All that the pages are made of, and how. */
const inputs = [
  'infra/src/console/build-console.ts',
  'apps/console/src',
  'apps/console/public',
  'apps/console/index.html',
  'apps/console/package.json',
  'apps/console/vite.config.ts',
  'packages/rules/src',
  'packages/contracts/src',
  'pnpm-lock.yaml',
]

/**
 * Builds the console where its pages are missing or older than their sources. Takes some seconds then, and milliseconds
 * otherwise. Returns whether it built. Throws when the build fails, with what it said.
 */
export async function buildConsole(): Promise<boolean> {
  const wanted = digestOfInputs()
  const isBuilt = () => existsSync(built) && existsSync(record) && readFileSync(record, 'utf8') === wanted
  mkdirSync(dirname(record), { recursive: true })
  while (!isBuilt()) {
    // Two builds at once would remove each other's files.
    if (tryClaim(record) !== undefined) {
      await wait(lookMs)
      continue
    }
    try {
      if (isBuilt()) return false
      await run(join(home, 'node_modules', 'vite', 'bin', 'vite.js'), ['build', '--logLevel', 'warn'])
      writeFileSync(record, wanted)
      return true
    } finally {
      release(record)
    }
  }
  return false
}

function digestOfInputs(): string {
  const hash = createHash('sha256')
  for (const path of inputs.flatMap((input) => filesUnder(join(repositoryRoot, input))).toSorted()) {
    hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(path: string): readonly string[] {
  if (!existsSync(path)) return []
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesUnder(join(path, entry.name)))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path]
    throw error
  }
}

function run(script: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // A test's own NODE_ENV would build what libraries have for development, which is larger and slower.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(process.execPath, [script, ...args], {
      cwd: home,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the console could not be built:\n${said}`)),
    )
  })
}
