import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'

/** Whom the server runs as. Empty means: as whoever runs the launcher. */
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
