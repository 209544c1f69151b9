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

/** The bounds of a number of the command line, and what it is where it was not given. */
type NumberRule = { readonly otherwise: number; readonly min: number; readonly max: number }

/** Reads a number. Throws `UsageError`. */
export function readNumber(
  usage: string,
  text: string | undefined,
  { otherwise, min, max }: NumberRule,
): number {
  if (text === undefined) return otherwise
  const number = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN
  if (number >= min && number <= max) return number
  throw new UsageError(`'${text}' is no number from ${min} to ${max}\n${usage}`)
}

/** Reads a whole number. Throws `UsageError`. */
export function readWhole(usage: string, text: string | undefined, rule: NumberRule): number {
  const number = readNumber(usage, text, rule)
  if (Number.isInteger(number)) return number
  throw new UsageError(`'${text}' is no whole number\n${usage}`)
}
