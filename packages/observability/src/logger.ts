import { type DestinationStream, type Level, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'
import pretty from 'pino-pretty'
import { openOutput } from './output.ts'
import { redact } from './redaction.ts'

export type { Level, Logger } from 'pino'

type LoggerOptions = {
  /** The app that logs: `gateway`, `worker`, … */
  readonly app: string
  readonly level: Level | 'silent'
  /** For a person at a terminal; otherwise one JSON object a line. */
  readonly pretty: boolean
  /** Where lines go; standard output if left out. */
  readonly destination?: DestinationStream
}

/** Standard output. */
const OUTPUT_FD = 1

/** A logger whose lines carry the app's name and an ISO time, and never a secret (see `redaction.ts`). */
export function createLogger({ app, level, pretty: forPeople, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { app },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: format },
    // `format` has done it, so that secrets within errors are found too.
    serializers: { err: (error: unknown) => error },
  }
  // In this thread: a transport of its own would lose the last lines of a process that ends.
  const usual = () =>
    forPeople ? pretty({ ignore: 'app', singleLine: true, sync: true }) : openOutput(OUTPUT_FD)
  const logger = pino(options, destination ?? usual())
  // What a child adds to its lines passes no formatter.
  const { child } = logger
  logger.child = function redacted(this: Logger, bindings, ...rest) {
    return child.call(this, redact(bindings), ...rest)
  } as typeof child
  return logger
}

function format(fields: Record<string, unknown>): Record<string, unknown> {
  const { err } = fields
  return redact(err instanceof Error ? { ...fields, err: stdSerializers.err(err) } : fields)
}
