import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Each of these programs asks the machine's own services; one that takes longer has no answer for us. */
const ANSWER_MS_MAX = 2_000

/** Whether the clock of this machine is synchronised; undefined where nothing here knows. */
export type Synchronised = boolean | undefined

/** What `timedatectl show --property=NTPSynchronized --value` says: the kernel's flag, whatever time service sets it. */
export function readTimedatectl(text: string): Synchronised {
  return { yes: true, no: false }[text.trim()]
}

/** The leap status of `chronyc -n tracking`, for machines without systemd. */
export function readChronyc(text: string): Synchronised {
  const status = /^Leap status\s*:\s*(.+)$/mu.exec(text)?.[1]
  if (status === undefined) return undefined
  return status.trim() !== 'Not synchronised'
}

const sources = [
  ['timedatectl', ['show', '--property=NTPSynchronized', '--value'], readTimedatectl],
  ['chronyc', ['-n', 'tracking'], readChronyc],
] as const

/**
 * Asks whether the clock of this machine is synchronised. In a container, and where neither program is there, nothing is known: then it
 * is undefined, and there is no alarm. Differences between clocks are no measure: a registry's clock may be what is wrong.
 */
export async function isSynchronised(): Promise<Synchronised> {
  for (const [program, args, read] of sources) {
    const known = await run(program, [...args], { timeout: ANSWER_MS_MAX }).then(
      ({ stdout }) => read(stdout),
      () => undefined,
    )
    if (known !== undefined) return known
  }
  return undefined
}
