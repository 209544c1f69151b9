import { CommanderError } from '@commander-js/extra-typings'
import { isNotMigrated, isUnreachable } from '@droplock/core/database/errors'
import { Refusal } from '@droplock/rules/refusals'
import { BadConfig, type Environment } from '@droplock/settings/values'
import { newProgram, openAdmin, type Streams } from './admin.ts'
import { formatResult } from './format-result.ts'
import { verbs } from './verbs.ts'

const ownStreams: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

/** Runs one verb. Returns the exit code: 0 done, 1 refused or found wrong, a refusal with one line on the error stream that begins with a stable code. */
export async function runAdmin(
  args: readonly string[],
  environment: Environment,
  streams: Streams = ownStreams,
): Promise<number> {
  const program = newProgram(streams)
  const asJson = () => program.opts().json === true
  let exitCode = 0
  try {
    await using admin = openAdmin(environment, {
      print: (result) => streams.out(`${formatResult(result, asJson())}\n`),
      write: (text) => streams.out(`${text}\n`),
      fail: () => {
        exitCode = 1
      },
    })
    for (const addVerbs of verbs) addVerbs(program, admin)
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // Help was asked for, or shown because there is no verb.
    if (error instanceof CommanderError && /help/i.test(error.code)) return error.exitCode
    const { code, detail, facts } = refusalOf(error)
    streams.err(asJson() ? `${JSON.stringify({ code, detail, ...facts })}\n` : `admin: ${code}: ${detail}\n`)
    return 1
  }
}

type RefusalText = Pick<Refusal, 'code' | 'facts'> & { readonly detail: string }

function refusalOf(error: unknown): RefusalText {
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
