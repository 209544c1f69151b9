import { type ParseArgsConfig, parseArgs } from 'node:util'

/** The command line makes no sense; the message says how the command is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Options = NonNullable<ParseArgsConfig['options']>

/** The options and the words of a command line. Throws `UsageError` on an option that is not among `options`. */
export function readOptions<const Known extends Options>(
  usage: string,
  args: readonly string[],
  options: Known,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`${reason}\n${usage}`, { cause })
  }
}
