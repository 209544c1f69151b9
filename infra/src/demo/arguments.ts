import { parseArgs } from 'node:util'

/** The command line makes no sense; the message says how it is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const usage = `usage: npm run demo [-- --feed PATH…]   a drop list, or a folder of them; may be given several times
       npm run demo -- --money          all that money does, once`

export type Arguments = {
  /** Drop lists; empty when none is named. */
  readonly feeds: readonly string[]
  /** The demo of the money instead. */
  readonly money: boolean
}

/** What the command line asks for. Throws `UsageError`. */
export function readArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { feed: { type: 'string', multiple: true }, money: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const { feed: feeds = [], money } = values
    if (money && feeds.length + positionals.length > 0) throw new UsageError(usage)
    // `--feed a b c`: what follows the first path belongs to it.
    if (feeds.length === 0 && positionals.length > 0) throw new UsageError(usage)
    return { feeds: [...feeds, ...positionals], money }
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(`${String(cause)}\n${usage}`, { cause })
  }
}
