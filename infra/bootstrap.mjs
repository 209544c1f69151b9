// Installs the workspace when it is missing or older than the lock file; otherwise does nothing, in milliseconds.
// Plain JavaScript for Node 18 and later, because it runs before the pinned Node is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const record = join(root, 'node_modules', '.droplock-lock')
const installer = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager

/** A hash of what an installation depends on: the lock file and the installer's settings. */
function wanted() {
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function isInstalled(hash) {
  const runtime = join(root, 'node_modules', '.bin', 'node')
  return existsSync(runtime) && existsSync(record) && readFileSync(record, 'utf8').trim() === hash
}

const hash = wanted()
if (!isInstalled(hash)) {
  console.error(`droplock: installing the workspace with ${installer}`)
  // There may be no terminal, so pnpm must not ask.
  const args = ['-y', installer, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false']
  const windows = process.platform === 'win32'
  const done = spawnSync(windows ? 'npx.cmd' : 'npx', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
  })
  if (done.error) console.error(`droplock: could not run npx: ${done.error.message}`)
  if (done.status !== 0) process.exit(done.status || 1)
  writeFileSync(record, `${hash}\n`)
}
