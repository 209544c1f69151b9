import { changeSeller } from '@droplock/core/billing/seller'
import type { Admin, Program } from './admin.ts'
import { countryCode, percent, reasonOption, someText } from './arguments.ts'

export function addSellerVerb(program: Program, admin: Admin): void {
  program
    .command('seller')
    .description('who sells, as invoices say it; DATABASE_MODE says whether their money is real')
    .command('set')
    .description('sets it from now on; what was issued stays as it is')
    .requiredOption('--legal-name <name>', 'of the company', someText)
    .requiredOption('--address <line...>', 'lines as on an envelope, without the country')
    .requiredOption('--country <code>', 'ISO 3166, such as IE', countryCode)
    .option('--tax-id <id>', 'for invoices', someText)
    .option('--tax-percent <percent>', 'contained in prices, such as 23 or 7.5', percent, 0)
    .option('--tax-note <text>', 'below the sum', someText)
    .option('--reverse-charge', 'no tax for businesses in other member states of the EU, with a note')
    .requiredOption(...reasonOption)
    .action(async (options) => {
      const { DATABASE_MODE: mode } = admin.config()
      const seller = {
        mode,
        legalName: options.legalName,
        address: options.address.join('\n'),
        country: options.country,
        taxId: options.taxId ?? null,
        taxBasisPoints: options.taxPercent,
        taxNote: options.taxNote ?? null,
        reverseCharge: options.reverseCharge === true,
      }
      await changeSeller(admin.ctx(), { seller, reason: options.reason })
      admin.print({ legal_name: seller.legalName, mode })
    })
}
