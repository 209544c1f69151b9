import { parseArgs } from 'node:util'

/** The command line makes no sense; the message says how it is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const usage =
  'usage: npm run demo [-- --feed PATH…]   a drop list, or a folder of them; may be given several times'

/** The drop lists named on the command line; empty when none is. Throws `UsageError`. */
export function readArguments(args: readonly string[]): { readonly feeds: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { feed: { type: 'string', multiple: true } },
      allowPositionals: true,
    })
    const feeds = values.feed ?? []
    // `--feed a b c`: what follows the first path belongs to it.
    if (feeds.length === 0 && positionals.length > 0) throw new UsageError(usage)
    return { feeds: [...feeds, ...positionals] }
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(`${String(cause)}\n${usage}`, { cause })
  }
}
