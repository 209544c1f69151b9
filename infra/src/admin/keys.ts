import { createHash, randomBytes } from 'node:crypto'
import { Option } from '@commander-js/extra-typings'
import { issueApiKey, listApiKeys, revokeApiKey } from '@droplock/core/api-keys'
import { requireSellerMode } from '@droplock/core/billing/seller'
import { scopes } from '@droplock/rules/accounts'
import { API_KEY_OCTETS, apiKeyText } from '@droplock/rules/api-key-text'
import type { Admin, Program } from './admin.ts'
import { readWhole, reasonOption, someText, uuid } from './arguments.ts'

export function addKeyVerbs(program: Program, admin: Admin): void {
  const key = program.command('key').description('API keys of resellers')
  key
    .command('issue')
    .description('issues a key and shows it, once; DATABASE_MODE says whether it is a test or a live one')
    .argument('<account>', "the reseller's id", uuid)
    .requiredOption('--label <text>', 'what it is for', someText)
    .addOption(new Option('--scope <scope...>', 'what it may do; everything unless said').choices(scopes))
    .action(async (accountId, { label, scope = scopes }) => {
      const { DATABASE_MODE: mode } = admin.config()
      await requireSellerMode(admin.ctx(), mode)
      const secret = apiKeyText(mode, randomBytes(API_KEY_OCTETS))
      const keySha256 = createHash('sha256').update(secret).digest()
      const id = await issueApiKey(admin.ctx(), { accountId, label, scopes: scope, keySha256 })
      admin.print({ id, key: secret })
    })
  key
    .command('list')
    .description('lists keys, the newest first')
    .option('--account <id>', 'of this reseller alone', uuid)
    .action(async ({ account }) => {
      const whose = account === undefined ? {} : { accountId: account }
      const keys = await readWhole((page) => listApiKeys(admin.ctx(), { ...page, ...whose }))
      admin.print(
        keys.map((issued) => ({
          id: issued.id,
          reseller: issued.accountName,
          label: issued.label,
          scopes: issued.scopes,
          created_at: issued.createdAt,
          revoked_at: issued.revokedAt,
        })),
      )
    })
  key
    .command('revoke')
    .description('revokes a key for good, in every gateway at once')
    .argument('<id>', 'which', uuid)
    .requiredOption(...reasonOption)
    .action(async (keyId, { reason }) => {
      await revokeApiKey(admin.ctx(), { keyId, reason })
      admin.print({ id: keyId, revoked: true })
    })
}
