import { spawnSync } from 'node:child_process'
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const SIZE = '256k'

/** A disk that can be full. */
export type SmallDisk = {
  /** Fills it but for so many octets; space is given by whole pages. */
  readonly fill: (exceptOctets?: number) => void
  /** Removes what filled it. */
  readonly empty: () => void
  readonly unmount: () => void
}

/** Mounts a small disk in memory. Undefined where this user may not mount one. */
export function mountSmallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true })
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder])
  if (mounted.status !== 0) return undefined
  return {
    fill: (exceptOctets = 0) => fill(join(folder, 'filler'), exceptOctets),
    empty: () => rmSync(join(folder, 'filler')),
    // Lazily: a process that is being ended may still have its journal open.
    unmount: () => void spawnSync('umount', ['-l', folder]),
  }
}

/** Writes until nothing more fits, to the last octet, and gives some back. */
function fill(path: string, exceptOctets: number): void {
  const file = openSync(path, 'w')
  try {
    for (const octets of [Buffer.alloc(4_096), Buffer.alloc(1)]) writeUntilFull(file, octets)
    ftruncateSync(file, fstatSync(file).size - exceptOctets)
  } finally {
    closeSync(file)
  }
}

function writeUntilFull(file: number, octets: Buffer): void {
  try {
    for (;;) writeSync(file, octets)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}

/** Takes a folder away under the processes that use it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
