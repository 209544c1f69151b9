import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { superuser } from './cluster.ts'
import type { Server } from './pg-ctl.ts'

const passwordBytes = 24
const ownerOnly = 0o600

/** Every user of this machine can connect to 127.0.0.1, so a password is always required. There is no socket. */
const hostAccess = `# Written by the launcher at each start that finds it changed.
host all all 127.0.0.1/32 scram-sha-256
`

/** Beside the data, like the claim, so that both are deleted together. */
export const passwordFileOf = (dataFolder: string) => `${dataFolder}.password`

/**
 * The superuser's password, read from its file. A cluster that has none, or has other rules of access (one of an earlier
 * release trusts every local user), gets one first. No server may run on it. The password is in no argument
 * list and no log. Throws when the server's programs fail.
 */
export function secure(server: Server): string {
  const accessFile = join(server.dataFolder, 'pg_hba.conf')
  const passwordFile = passwordFileOf(server.dataFolder)
  const known = readIfThere(passwordFile)
  if (known !== undefined && readFileSync(accessFile, 'utf8') === hostAccess) return known
  const password = randomBytes(passwordBytes).toString('base64url')
  setPassword(server, password)
  // Written in place, so that it stays the file of the server's user.
  writeFileSync(accessFile, hostAccess)
  // Last: where the file exists, everything is done.
  rmSync(`${passwordFile}.new`, { force: true })
  writeFileSync(`${passwordFile}.new`, password, { mode: ownerOnly })
  renameSync(`${passwordFile}.new`, passwordFile)
  return password
}

function readIfThere(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    chmodSync(file, ownerOnly)
    return text
  } catch {
    return undefined
  }
}

/** By the single-user mode, which accepts no connections. It recovers from a crash first, if need be. */
function setPassword({ binaries, dataFolder, user }: Server, password: string): void {
  const args = ['--single', '-D', dataFolder, '-c', 'password_encryption=scram-sha-256', 'postgres']
  const done = spawnSync(binaries.postgres, args, {
    ...user,
    cwd: '/',
    encoding: 'utf8',
    input: `alter role ${superuser} password '${password}'\n`,
  })
  if (done.status === 0 && !/ERROR|FATAL|PANIC/.test(done.stderr)) return
  // What was put in is repeated by some errors.
  const said = `${done.error?.message ?? ''}${done.stderr}`.replaceAll(password, '…')
  throw new Error(`the database's password could not be set: ${said}`)
}
