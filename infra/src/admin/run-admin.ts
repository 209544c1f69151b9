import { CommanderError } from '@commander-js/extra-typings'
import { isNotMigrated, isUnreachable } from '@droplock/core/database/errors'
import { Refusal } from '@droplock/rules/refusals'
import { paymentSettings } from '@droplock/settings/payments'
import { BadConfig, databaseUrl, type Environment, readSettings } from '@droplock/settings/values'
import { z } from 'zod'
import { readEnvironment } from '../launch/launch-record.ts'
import { openAdmin } from './admin.ts'
import { newProgram, type Streams, verbs } from './verbs.ts'

export const schema = z.object({
  /** With the right to do everything there, as a migration needs it. */
  DATABASE_URL: databaseUrl,
  DATABASE_MODE: paymentSettings.DATABASE_MODE,
})

export type AdminConfig = z.output<typeof schema>

/**
 * The settings from the environment; without DATABASE_URL, those of the `npm start` that runs in this checkout. Throws BadConfig.
 */
export function readConfig(
  environment: Environment,
  running: () => Environment | undefined = readEnvironment,
): AdminConfig {
  if (environment['DATABASE_URL'] !== undefined) return readSettings('admin', schema, environment)
  const started = running()
  if (started === undefined)
    throw new BadConfig('admin: set DATABASE_URL, or run `npm start` with its own database in this checkout')
  return readSettings('admin', schema, { ...started, ...environment })
}

type Value = string | number | boolean | Date | null | readonly string[]

/** One thing, or a list of them. Members are named as in the APIs. */
export type Result = Item | readonly Item[]
type Item = Readonly<Record<string, Value>>

/** What a verb did: for people, lines of `name: value` or a table; for scripts, JSON on one line. */
function formatResult(result: Result, asJson: boolean): string {
  if (asJson) return JSON.stringify(result)
  if (isList(result)) return result.length === 0 ? 'none' : formatTable(result)
  return Object.entries(result)
    .map(([name, value]) => `${name}: ${formatValue(value)}`)
    .join('\n')
}

function formatTable(items: readonly Item[]): string {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))]
  const rows = [names, ...items.map((item) => names.map((name) => formatValue(item[name] ?? null)))]
  const widths = names.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function formatValue(value: Value): string {
  if (value === null) return '-'
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? value.join(' ') : String(value)
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(result: Result): result is readonly Item[] {
  return Array.isArray(result)
}

const ownStreams: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

/** Runs one verb. Returns the exit code: 0 done, 1 refused, with one line on the error stream that begins with a stable code. */
export async function runAdmin(
  args: readonly string[],
  environment: Environment,
  streams: Streams = ownStreams,
): Promise<number> {
  const program = newProgram(streams)
  const asJson = () => program.opts().json === true
  try {
    await using admin = openAdmin(environment, {
      print: (result) => streams.out(`${formatResult(result, asJson())}\n`),
      write: (text) => streams.out(`${text}\n`),
    })
    for (const addVerbs of verbs) addVerbs(program, admin)
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // Help was asked for, or shown because there is no verb.
    if (error instanceof CommanderError && /help/i.test(error.code)) return error.exitCode
    const { code, detail, facts } = refusalOf(error)
    streams.err(asJson() ? `${JSON.stringify({ code, detail, ...facts })}\n` : `admin: ${code}: ${detail}\n`)
    return 1
  }
}

type Told = Pick<Refusal, 'code' | 'facts'> & { readonly detail: string }

function refusalOf(error: unknown): Told {
  const { code, facts, message } = toRefusal(error)
  return { code, detail: message.replaceAll(/\s+/g, ' '), facts }
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const message = error instanceof Error && error.message !== '' ? error.message : String(error)
  if (error instanceof CommanderError) return new Refusal('invalid_request', message.replace(/^error: /, ''))
  if (error instanceof BadConfig) return new Refusal('invalid_request', message.replace(/^admin: /, ''))
  if (isNotMigrated(error))
    return new Refusal('unavailable', 'This database is not migrated: `npm run admin -- migrate` does it.')
  if (isUnreachable(error)) return new Refusal('unavailable', `The database does not answer: ${message}.`)
  return new Refusal('internal_error', message)
}
