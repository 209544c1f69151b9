import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { repositoryRoot, stateFolder } from '../paths.ts'
import { release, tryClaim } from '../processes/claim.ts'

/** How often the end of another process's build is checked. */
const lookMs = 200

type Pages = {
  /** The folder in `apps`. */
  readonly app: string
  /** A file that the build makes last. */
  readonly made: string
  /** All that the pages are made of, and how. */
  readonly inputs: readonly string[]
  /** Of each run of vite. */
  readonly runs: readonly (readonly string[])[]
}

const common = ['infra/src/pages/build-pages.ts', 'packages/rules/src', 'pnpm-lock.yaml']

const ofApp = (app: string) =>
  ['src', 'public', 'index.html', 'package.json', 'vite.config.ts'].map((path) => `apps/${app}/${path}`)

const console: Pages = {
  app: 'console',
  made: 'dist/index.html',
  inputs: [...common, ...ofApp('console'), 'packages/contracts/src'],
  runs: [['build']],
}

const marketplace: Pages = {
  app: 'marketplace',
  made: 'dist/server/entry-server.js',
  inputs: [...common, ...ofApp('marketplace'), 'packages/sdk/src'],
  runs: [['build'], ['build', '--ssr', 'src/pages/entry-server.tsx']],
}

/**
 * Builds the console where its pages are missing or older than their sources. Takes some seconds then, and milliseconds
 * otherwise. Returns whether it built. Throws when the build fails, with what it said.
 */
export function buildConsole(): Promise<boolean> {
  return buildPages(console)
}

/** The same for the marketplace: what browsers run, and what its server draws pages with. */
export function buildMarketplace(): Promise<boolean> {
  return buildPages(marketplace)
}

async function buildPages({ app, made, inputs, runs }: Pages): Promise<boolean> {
  const home = join(repositoryRoot, 'apps', app)
  const record = join(stateFolder, `${app}-build`)
  const wanted = digestOf(inputs)
  const isBuilt = () =>
    existsSync(join(home, made)) && existsSync(record) && readFileSync(record, 'utf8') === wanted
  mkdirSync(dirname(record), { recursive: true })
  while (!isBuilt()) {
    // Two builds at once would remove each other's files.
    if (tryClaim(record) === undefined) {
      try {
        if (isBuilt()) return false
        for (const args of runs) await runVite(home, args)
        writeFileSync(record, wanted)
        return true
      } finally {
        release(record)
      }
    }
    await wait(lookMs)
  }
  return false
}

function digestOf(inputs: readonly string[]): string {
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

function runVite(home: string, args: readonly string[]): Promise<void> {
  const script = join(home, 'node_modules', 'vite', 'bin', 'vite.js')
  return new Promise((resolve, reject) => {
    // A test's own NODE_ENV would build what libraries have for development, which is larger and slower.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(process.execPath, [script, ...args, '--logLevel', 'warn'], {
      cwd: home,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the pages of ${home} could not be built:\n${said}`)),
    )
  })
}
