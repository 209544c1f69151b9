import { Argument } from '@commander-js/extra-typings'
import { blockNames, NAMES_MAX } from '@droplock/core/blocked-names/block'
import { findBlock, listBlockedNames } from '@droplock/core/blocked-names/read'
import { unblockName } from '@droplock/core/blocked-names/unblock'
import { findLatestListing } from '@droplock/core/withdrawals/read'
import { withdrawFree } from '@droplock/core/withdrawals/withdraw-free'
import type { Admin, Program } from './admin.ts'
import { instant, readText, readWhole, reasonOption, someText } from './arguments.ts'

export function addNameVerbs(program: Program, admin: Admin): void {
  const name = program
    .command('name')
    .description(
      'names that are not sold: a court order, a legal notice; one with a holder needs two people in the console',
    )
  name
    .command('block')
    .description('withdraws names, listed or not, and keeps later lists from listing them')
    .addArgument(new Argument('[names...]', 'which, as A-labels or in Unicode'))
    .option('--file <path>', 'a file with further names, one a line', someText)
    .option('--until <time>', 'when the block ends, in UTC; without it, when it is ended', instant)
    .option('--dry-run', 'says what would be done, and does nothing')
    .requiredOption(...reasonOption)
    .action(async (names, { file, until = null, dryRun = false, reason }) => {
      const all = [...names, ...linesOf(file)]
      const results = []
      for (let start = 0; start < all.length; start += NAMES_MAX) {
        const some = all.slice(start, start + NAMES_MAX)
        results.push(...(await blockNames(admin.ctx(), { names: some, reason, untilAt: until, dryRun })))
      }
      admin.print(results.map(({ name: blocked, result }) => ({ name: blocked, result })))
    })
  name
    .command('unblock')
    .description('ends a block: the next list that carries the name lists it again')
    .argument('<name>', 'which, as an A-label', someText)
    .requiredOption(...reasonOption)
    .action(async (blocked, { reason }) => {
      await unblockName(admin.ctx(), { id: await findBlock(admin.ctx(), blocked), reason })
      admin.print({ name: blocked, blocked: false })
    })
  name
    .command('blocked')
    .description('lists blocked names, and those whose block has ended')
    .action(async () => {
      const blocks = await readWhole((page) => listBlockedNames(admin.ctx(), page))
      admin.print(
        blocks.map((block) => ({
          name: block.name,
          in_force: block.inForce,
          reason: block.reason,
          blocked_by: block.blockedBy,
          blocked_at: block.blockedAt,
          until: block.untilAt,
          ended_at: block.endedAt,
          ended_by: block.endedBy,
          end_reason: block.endReason,
        })),
      )
    })
  name
    .command('withdraw')
    .description('ends the listing of a name without a holder; a later list may list it again')
    .argument('<name>', 'which, as an A-label', someText)
    .requiredOption(...reasonOption)
    .action(async (listed, { reason }) => {
      const listingId = await findLatestListing(admin.ctx(), listed)
      await withdrawFree(admin.ctx(), { listingId, reason })
      admin.print({ name: listed, state: 'withdrawn' })
    })
}

function linesOf(file: string | undefined): readonly string[] {
  if (file === undefined) return []
  return readText(file)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
