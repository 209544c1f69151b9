import { userInfo } from 'node:os'
import { text } from 'node:stream/consumers'
import { Command } from '@commander-js/extra-typings'
import type { OperatorContext } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import type { Environment } from '@droplock/settings/values'
import { type AdminConfig, readConfig } from './config.ts'
import type { Result } from './format-result.ts'

/** What a verb is given. Settings are read and the database is opened when they are first asked for: help needs neither. */
export type Admin = AsyncDisposable & {
  readonly config: () => AdminConfig
  /** A use case's context, with the command as who acts. */
  readonly ctx: () => OperatorContext
  /** All of standard input, without the line's end: secrets are never arguments, which every user of the machine can read. */
  readonly readSecret: () => Promise<string>
  /** The result of the verb, once. */
  readonly print: (result: Result) => void
  /** A text as it is, in place of a result. */
  readonly write: (text: string) => void
  /** What was checked is not as it must be: the command ends with 1, after its result. */
  readonly fail: () => void
}

/** One query at a time. */
const connectionsMax = 1

/** A command that is suspended in its transaction keeps its locks for so long; each transaction is some statements. */
const SILENCE_MS_MAX = 10_000

export function openAdmin(environment: Environment, output: Pick<Admin, 'print' | 'write' | 'fail'>): Admin {
  let config: AdminConfig | undefined
  let ctx: OperatorContext | undefined
  const admin: Admin = {
    config: () => (config ??= readConfig(environment)),
    ctx: () => (ctx ??= contextOf(admin.config())),
    readSecret: async () => (await text(process.stdin)).replace(/\r?\n$/, ''),
    ...output,
    [Symbol.asyncDispose]: async () => ctx?.db.destroy(),
  }
  return admin
}

function contextOf({ DATABASE_URL: url }: AdminConfig): OperatorContext {
  const db = openDatabase({
    url,
    connectionsMax,
    applicationName: 'droplock-admin',
    silenceMsMax: SILENCE_MS_MAX,
  })
  return { db, newId, actor: { kind: 'command', name: userInfo().username } }
}

/** Where the command writes: the streams of the process, or what a test reads. */
export type Streams = { readonly out: (text: string) => void; readonly err: (text: string) => void }

/** The command without its verbs: it throws where another would end the process. */
export function newProgram({ out, err }: Streams) {
  return new Command('npm run admin --')
    .description('Sets up a Droplock installation and runs it. DATABASE_URL names the database.')
    .option('--json', 'write the result as JSON on one line, an error too')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err, outputError: () => undefined })
}

export type Program = ReturnType<typeof newProgram>
