import { listAccounts } from '@droplock/core/accounts/list'
import { openAccount } from '@droplock/core/accounts/open'
import { parseCurrency } from '@droplock/rules/money/currency'
import { formatAmount } from '@droplock/rules/money/money'
import type { Admin } from './admin.ts'
import { currency, someText } from './arguments.ts'
import type { Program } from './program.ts'
import { readWhole } from './read-whole.ts'

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
        })),
      )
    })
}

function amountOf(amountMinor: bigint, code: string): string {
  return formatAmount({ amountMinor, currency: parseCurrency(code) })
}
