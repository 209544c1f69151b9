import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Where all processes' lines come together, whole line by whole line. */
export type Output = {
  /** A line of an app. */
  readonly line: (app: string, text: string) => void
  /** A message of the command itself. */
  readonly say: (text: string) => void
}

const launcher = 'droplock'
const nameWidth = 12
const levelNames: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ['warn', 'WARN '],
  ['error', 'ERROR '],
  ['fatal', 'FATAL '],
])

/** For a person: a prefix and the message. For a machine: the apps' JSON lines as they are, anything else made one. */
export function makeOutput(stream: Writable, forPerson: boolean): Output {
  // The terminal was closed or the pipe is no longer read: output is lost, and the apps go on.
  stream.on('error', () => undefined)
  const write = (app: string, text: string, level: 'info' | 'error') => {
    stream.write(`${forPerson ? forReading(app, text) : asJson(app, text, level)}\n`)
  }
  return {
    line: (app, text) => write(app, text, 'error'),
    say: (text) => write(launcher, text, 'info'),
  }
}

/** Passes a stream on line by line, so that the lines of two apps never mix. */
export function passLines(from: Readable, line: (text: string) => void): void {
  createInterface({ input: from, crlfDelay: Number.POSITIVE_INFINITY }).on('line', line)
}

function forReading(app: string, text: string): string {
  const prefix = app.padEnd(nameWidth)
  const entry = parse(text)
  if (entry === undefined) return `${prefix} │ ${text}`
  const { level, time: _time, msg, event, app: _app, ...rest } = entry
  const facts = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`
  return `${prefix} │ ${levelNames.get(level) ?? ''}${[event, msg].filter((word) => typeof word === 'string').join(': ')}${facts}`
}

function asJson(app: string, text: string, level: 'info' | 'error'): string {
  return parse(text) === undefined
    ? JSON.stringify({ level, time: new Date().toISOString(), app, msg: text })
    : text
}

function parse(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Levels that are shown, as pino's number or its label. */
const loudLevels: ReadonlySet<unknown> = new Set(['warn', 'error', 'fatal', 40, 50, 60])

/** The command's own messages with the time since its start; of the apps only warnings, errors and what is no log line. */
export function makeBriefOutput(stream: Writable): Output {
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
