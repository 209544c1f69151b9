import { basename } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import { explainPrice, listPrices } from '@droplock/core/prices/read'
import { uploadPrices } from '@droplock/core/prices/upload'
import { findLatestListing } from '@droplock/core/withdrawals/read'
import { setPrice } from '@droplock/core/zones'
import { formatMoney, parseCurrency } from '@droplock/rules/money'
import type { Admin, Program } from './admin.ts'
import { currency, price, readText, readWhole, reasonOption, someText } from './arguments.ts'

const renewal = ['--renewal', "of a year's renewal; of a backorder unless said"] as const

export function addPriceVerbs(program: Program, admin: Admin): void {
  const prices = program
    .command('price')
    .description('what customers pay from now on; what is ordered keeps its price')
  prices
    .command('set')
    .description('sets a price, such as: price set com "29.00 USD"')
    .argument('<zone>', 'which')
    .argument('<amount>', 'with its currency', price)
    .option(...renewal)
    .requiredOption(...reasonOption)
    .action(async (zone, amount, { renewal: isRenewal, reason }) => {
      const of = isRenewal ? 'renewal' : ({ tier: 'standard' } as const)
      await setPrice(admin.ctx(), { zone, of, ...amount, reason })
      admin.print({ zone, price: formatMoney(amount) })
    })
  prices
    .command('remove')
    .description('takes a price away: then nothing is sold in the zone in this currency')
    .argument('<zone>', 'which')
    .argument('<currency>', 'such as USD', currency)
    .option(...renewal)
    .requiredOption(...reasonOption)
    .action(async (zone, code, { renewal: isRenewal, reason }) => {
      const of = isRenewal ? 'renewal' : ({ tier: 'standard' } as const)
      await setPrice(admin.ctx(), { zone, of, currency: code, amountMinor: null, reason })
      admin.print({ zone, removed: code })
    })
  addListVerbs(prices, admin)
}

type Prices = ReturnType<Program['command']>

function addListVerbs(prices: Prices, admin: Admin): void {
  prices
    .command('upload')
    .description('takes a price list: CSV with kind,zone,match,currency,amount,starts_at')
    .argument('<file>', 'the list')
    .option('--title <text>', 'what it is called; the name of the file unless said', someText)
    .option('--dry-run', 'says which names change, and changes nothing')
    .requiredOption(...reasonOption)
    .action(async (file, { title = basename(file), dryRun = false, reason }) => {
      const command = { title, reason, dryRun, text: readText(file) }
      const { changes, rejects, ...upload } = await uploadPrices(admin.ctx(), command)
      const { first = [], ...counts } = changes ?? {}
      admin.print({
        ...upload,
        rejects: rejects.map((reject) => `line ${reject.line}: ${reject.reason}`),
        ...counts,
        changes: first.map(
          ({ name, currency: of, beforeMinor, afterMinor }) =>
            `${name} ${of} ${amountOf(beforeMinor, of) ?? 'none'} -> ${amountOf(afterMinor, of) ?? 'none'}`,
        ),
      })
    })
  prices
    .command('list')
    .description('lists prices, the last to start first')
    .addOption(new Option('--when <when>', 'which of them').choices(['in_force', 'future', 'past'] as const))
    .option('--zone <zone>', 'of one zone', someText)
    .action(async ({ when, zone }) => {
      const all = await readWhole((page) => listPrices(admin.ctx(), { ...page, when, zone }))
      admin.print(
        all.map(({ id: _id, listId: list, amountMinor, ...rest }) => ({
          ...rest,
          amount: amountOf(amountMinor, rest.currency),
          list,
        })),
      )
    })
  prices
    .command('explain')
    .description('says why a listed name costs what it costs: the rules that match it, in their order')
    .argument('<name>', 'which')
    .action(async (name) => {
      const listingId = await findLatestListing(admin.ctx(), name)
      const rules = await explainPrice(admin.ctx(), listingId)
      admin.print(
        rules.map(({ prices: amounts, ...rule }) => ({
          ...rule,
          prices: amounts.map(({ amountMinor, currency: of }) => amountOf(amountMinor, of)).join(', '),
        })),
      )
    })
}

function amountOf(amountMinor: bigint | null, code: string): string | null {
  return amountMinor === null ? null : formatMoney({ amountMinor, currency: parseCurrency(code) })
}
