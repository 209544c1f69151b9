import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const Listening = z.object({ url: z.string() })

/**
 * The URL at which a server process listens. Reads its log for as long as it runs: a pipe that is full would stop the process.
 * Rejects when the process ends first.
 */
export function listeningAt(
  child: ChildProcess,
  onLine?: (line: string) => void,
  message = 'listening',
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('the server has no standard output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      onLine?.(line)
      if (line.includes(`"${message}"`)) resolve(Listening.parse(JSON.parse(line)).url)
    })
    child.once('exit', () => reject(new Error('the server ended')))
  })
}
