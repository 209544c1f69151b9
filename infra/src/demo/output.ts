import type { Writable } from 'node:stream'
import type { Output } from '../launch/output.ts'

/** Levels worth a person's attention, as pino's number or its label. */
const loudLevels: ReadonlySet<unknown> = new Set(['warn', 'error', 'fatal', 40, 50, 60])

/** The demo's own words with the time since its start; of the apps only warnings, errors and what is no log line. */
export function makeDemoOutput(stream: Writable): Output {
  const write = (text: string) => {
    stream.write(`${(performance.now() / 1_000).toFixed(1).padStart(5)} s  ${text}\n`)
  }
  return {
    say: write,
    line: (app, text) => {
      if (isLoud(text)) write(`${app}: ${text}`)
    },
  }
}

function isLoud(text: string): boolean {
  if (!text.startsWith('{')) return text.trim() !== ''
  try {
    return loudLevels.has(JSON.parse(text).level)
  } catch {
    return true
  }
}
