import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type AppUrls, ofEachApp } from '@droplock/core/database/app-roles'
import { createRoles, nameOfRole, urlAs } from '@droplock/core/database/roles'
import type { Server } from './pg-ctl.ts'

/** One server, one installation: the prefix need not distinguish any. */
const prefix = 'local'
const passwordBytes = 24

/** Makes the roles of the apps in a migrated database of ours, or gives them new passwords: no other program uses them. */
export async function makeRoles(url: string): Promise<AppUrls> {
  const passwords = ofEachApp(newPassword)
  await createRoles(url, { prefix, passwords, renewPasswords: true })
  return ofEachApp((app) => urlAs(url, nameOfRole(prefix, app), passwords[app]))
}

/** Of characters that need no escape anywhere. */
export function newPassword(): string {
  return randomBytes(passwordBytes).toString('base64url')
}

export const superuser = 'droplock'

/**
 * Makes the data folder if there is none. It is built beside its place and renamed, so an interrupted start leaves
 * nothing that looks like a database. Nobody can connect to it yet: see `secure`.
 */
export function initialise({ binaries, dataFolder, user }: Server, durable: boolean): void {
  if (existsSync(join(dataFolder, 'PG_VERSION'))) return
  const fresh = `${dataFolder}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o755 })
  if (user.uid !== undefined && user.gid !== undefined) chownSync(fresh, user.uid, user.gid)
  // The built-in collation sorts the same on every machine and every C library.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8']
  const args = ['-D', fresh, `--username=${superuser}`, '--auth=reject', '--no-instructions', ...locale]
  const made = spawnSync(binaries.initdb, durable ? args : [...args, '--no-sync'], {
    ...user,
    cwd: '/',
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  rmSync(dataFolder, { recursive: true, force: true })
  renameSync(fresh, dataFolder)
}
