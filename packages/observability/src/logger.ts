import { type DestinationStream, type Level, type Logger, pino, stdTimeFunctions } from 'pino'
import pretty from 'pino-pretty'
import { redactedPaths } from './redaction.ts'

export type { Level, Logger } from 'pino'

type LoggerOptions = {
  /** The app that logs: `gateway`, `worker`, … */
  readonly app: string
  readonly level: Level | 'silent'
  /** For a person at a terminal; otherwise one JSON object a line. */
  readonly pretty: boolean
  /** Where lines go; standard output unless told. */
  readonly destination?: DestinationStream
}

/** A logger whose lines carry the app's name and an ISO time, and never a secret (see `redaction.ts`). */
export function createLogger({ app, level, pretty: forPeople, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { app },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: [...redactedPaths], censor: '[redacted]' },
    formatters: { level: (label: string) => ({ level: label }) },
  }
  if (destination !== undefined) return pino(options, destination)
  // In this thread: a transport of its own would lose the last lines of a process that ends.
  return forPeople ? pino(options, pretty({ ignore: 'app', singleLine: true, sync: true })) : pino(options)
}
