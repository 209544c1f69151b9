import { openAccount, renameAccount, setRateLimits, switchAccount } from '@droplock/core/accounts/administer'
import { listAccounts } from '@droplock/core/accounts/read'
import { formatAmount, parseCurrency } from '@droplock/rules/money'
import type { Admin, Program } from './admin.ts'
import { currency, readWhole, reasonOption, someText, uuid, wholeNumber } from './arguments.ts'

export function addResellerVerbs(program: Program, admin: Admin): void {
  const reseller = program.command('reseller').description('customers, each with an account')
  reseller
    .command('add')
    .description('opens an account with an empty balance; money and credit are given in the console')
    .argument('<name>', 'as invoices and people know it', someText)
    .requiredOption('--currency <code>', 'of its balance and its prices, for ever', currency)
    .action(async (name, options) => {
      admin.print({ id: await openAccount(admin.ctx(), { name, currency: options.currency }), name })
    })
  reseller
    .command('set')
    .description('gives a reseller another name; invoices keep the one they were issued with')
    .argument('<id>', 'which', uuid)
    .requiredOption('--name <name>', 'as invoices and people know it', someText)
    .requiredOption(...reasonOption)
    .action(async (id, { name, reason }) => {
      await renameAccount(admin.ctx(), { accountId: id, name, reason })
      admin.print({ id, name })
    })
  reseller
    .command('limit')
    .description('sets how many requests a reseller may send in a minute')
    .argument('<id>', 'which', uuid)
    .requiredOption('--reads <count>', 'GET requests per minute', wholeNumber)
    .requiredOption('--claims <count>', 'all other requests per minute', wholeNumber)
    .requiredOption(...reasonOption)
    .action(async (id, { reads: readsPerMinute, claims: claimsPerMinute, reason }) => {
      await setRateLimits(admin.ctx(), { accountId: id, readsPerMinute, claimsPerMinute, reason })
      admin.print({ id, reads_per_minute: readsPerMinute, claims_per_minute: claimsPerMinute })
    })
  for (const [verb, enabled] of [
    ['disable', false],
    ['enable', true],
  ] as const)
    reseller
      .command(verb)
      .description(
        enabled ? 'lets a reseller in again' : 'refuses all keys of a reseller at once; its orders stay',
      )
      .argument('<id>', 'which', uuid)
      .requiredOption(...reasonOption)
      .action(async (id, { reason }) => {
        await switchAccount(admin.ctx(), { accountId: id, enabled, reason })
        admin.print({ id, enabled })
      })
  reseller
    .command('list')
    .description('lists all accounts')
    .action(async () => {
      const accounts = await readWhole((page) => listAccounts(admin.ctx(), page))
      admin.print(
        accounts.map((account) => ({
          id: account.id,
          name: account.name,
          currency: account.currency,
          balance: amountOf(account.balanceMinor, account.currency),
          credit_limit: amountOf(account.creditLimitMinor, account.currency),
          created_at: account.createdAt,
          disabled_at: account.disabledAt,
        })),
      )
    })
}

function amountOf(amountMinor: bigint, code: string): string {
  return formatAmount({ amountMinor, currency: parseCurrency(code) })
}
