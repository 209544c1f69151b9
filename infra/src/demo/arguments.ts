import { readOptions, UsageError } from '../processes/arguments.ts'

const usage = `usage: npm run demo [-- --feed PATH…]   a drop list, or a folder of them; may be given several times
       npm run demo -- --money          everything that money does, once`

type Arguments = {
  /** Drop lists; empty when none is named. */
  readonly feeds: readonly string[]
  /** The demo of the money instead. */
  readonly money: boolean
}

/** Reads the command line. Throws `UsageError`. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = readOptions(usage, args, {
    feed: { type: 'string', multiple: true },
    money: { type: 'boolean', default: false },
  })
  const { feed: feeds = [], money } = values
  if (money && feeds.length + positionals.length > 0) throw new UsageError(usage)
  // `--feed a b c`: what follows the first path belongs to it.
  if (feeds.length === 0 && positionals.length > 0) throw new UsageError(usage)
  return { feeds: [...feeds, ...positionals], money }
}
