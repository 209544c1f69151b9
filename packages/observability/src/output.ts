import { writeSync } from 'node:fs'
import type { DestinationStream } from 'pino'

/** Lines are gathered up to this size, so that a busy process writes once for some ten of them. Characters. */
const GATHERED_MIN = 4_096

/** And no line waits longer than this. Milliseconds. */
const WAIT_MS_MAX = 100

/** What a reader that takes nothing makes this process hold; further lines are dropped. Characters. */
const WAITING_MAX = 16_777_216

/** At the end of the process a slow reader is waited for this long, in steps of this. Milliseconds. */
const END_MS_MAX = 2_000
const END_STEP_MS = 10

/**
 * A file descriptor that lines are written to in batches, without waiting for the reader: what a full pipe does not take is
 * kept and tried again. The rest is written when the process exits, whatever ends it but a signal that nothing handles. A reader
 * that is gone ends the writing, and nothing else.
 *
 * Not pino's own destination: its last flush repeats a write that fails for ever, so a process whose log's reader is gone would
 * never end; and written by other threads, the last batches may come in another order.
 */
export function openOutput(fd: number): DestinationStream {
  /** What a write took only a part of. */
  let left: Buffer = Buffer.alloc(0)
  let gathered = ''
  let timer: NodeJS.Timeout | undefined
  let endsWithProcess = false
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    left = writeSome(fd, Buffer.concat([left, Buffer.from(gathered)]))
    gathered = ''
    if (left.length > 0) wait()
  }
  const wait = () => {
    timer ??= setTimeout(flush, WAIT_MS_MAX).unref()
  }
  const end = () => {
    flush()
    for (let waitedMs = 0; left.length > 0 && waitedMs < END_MS_MAX; waitedMs += END_STEP_MS) {
      sleepSync(END_STEP_MS)
      left = writeSome(fd, left)
    }
  }
  return {
    write: (line) => {
      if (!endsWithProcess) process.on('exit', end)
      endsWithProcess = true
      if (left.length + gathered.length < WAITING_MAX) gathered += line
      // A full pipe is left to the timer.
      if (gathered.length >= GATHERED_MIN && left.length === 0) flush()
      else wait()
    },
  }
}

/** What is left to be written. */
function writeSome(fd: number, octets: Buffer): Buffer {
  let written = 0
  try {
    while (written < octets.length) written += writeSync(fd, octets, written)
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN'
    // There is no reader any more, or the disk is full: a log cannot report that.
    if (!isFull) written = octets.length
  }
  return octets.subarray(written)
}

/** Where no event loop is left to wait with. */
function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
