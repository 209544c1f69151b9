import { readFileSync } from 'node:fs'

/** Of `/proc/PID/stat`, fields 14 and 15 (proc_pid_stat(5)), counted from the one behind the name; in hundredths of a second. */
const UTIME = 11
const STIME = 12
const MS_PER_TICK = 10

/**
 * How long processors have worked for these processes so far, in milliseconds. Unlike the time that passes, it says the same on a
 * machine that does other things too.
 */
export function processorMs(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return Number(fields[UTIME]) + Number(fields[STIME])
  })
  return ticks.reduce((sum, each) => sum + each, 0) * MS_PER_TICK
}
