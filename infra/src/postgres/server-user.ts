import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { identityOf } from '../processes/identity.ts'

/** The user that the server runs as. Empty: the user of the launcher. */
export type ServerUser = { readonly uid?: number; readonly gid?: number }

/**
 * PostgreSQL refuses to run as root. Then the owner of an existing data folder runs it, else `nobody`.
 * Throws when root has no unprivileged user to give it to.
 */
export function serverUser(dataFolder: string): ServerUser {
  if (process.getuid?.() !== 0) return {}
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') }
}

function idOfNobody(flag: '-u' | '-g'): number {
  const asked = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' })
  if (asked.status !== 0) {
    throw new Error(
      "PostgreSQL does not run as root, and there is no user 'nobody' to run it; start as another user or set DATABASE_URL",
    )
  }
  return Number(asked.stdout.trim())
}

/** Where root keeps what an unprivileged server must reach and the checkout's path does not let it. */
const publicFolder = '/var/lib/droplock'

/** A folder that every user can walk to. Only root needs one. */
export function placeReadableByAll(name: string): string {
  return join(publicFolder, name)
}

/** `folder` itself, or, where `user` cannot walk to it (a checkout under /root), a stand-in named after it. */
export function placeFor(folder: string, user: ServerUser): string {
  const path = resolve(folder)
  if (user.uid === undefined || canWalkTo(dirname(path), user.uid)) return path
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12)
  return placeReadableByAll(`${basename(path)}-${hash}`)
}

/** Whether every existing folder above lets the user through, as its owner or as anyone. */
function canWalkTo(folder: string, uid: number): boolean {
  const found = statSync(folder, { throwIfNoEntry: false })
  const passable =
    found === undefined || (found.mode & 0o001) !== 0 || (found.uid === uid && (found.mode & 0o100) !== 0)
  return passable && (dirname(folder) === folder || canWalkTo(dirname(folder), uid))
}

const pidFile = (dataFolder: string) => join(dataFolder, 'postmaster.pid')

/**
 * The process id of the server that runs on this data folder, if one does. A record left by a dead server, or whose
 * number now belongs to some other program, is removed: the server itself would refuse to start over it.
 */
export function runningPostmaster(dataFolder: string): number | undefined {
  let recorded: number
  try {
    recorded = Number.parseInt(readFileSync(pidFile(dataFolder), 'utf8'), 10)
  } catch {
    return undefined
  }
  if (recorded > 0 && identityOf(recorded)?.command === 'postgres') return recorded
  rmSync(pidFile(dataFolder), { force: true })
  return undefined
}
