import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { ServerUser } from './user.ts'

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
