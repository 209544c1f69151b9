import { cancelPasswordChange } from '@droplock/core/password-changes/cancel'
import { listPasswordChanges } from '@droplock/core/password-changes/read'
import { requestPasswordChange } from '@droplock/core/password-changes/request'
import { setPasswordExpiry } from '@droplock/core/password-changes/set-expiry'
import type { Admin, Program } from './admin.ts'
import { instant, readWhole, reasonOption, someText } from './arguments.ts'

/** The passwords themselves are in the catcher's settings, by name; no command sees them. */
export function addPasswordVerbs(program: Program, admin: Admin): void {
  const password = program.command('password').description('our passwords at registries, by their names')
  password
    .command('list')
    .description('lists changes, the newest first')
    .action(async () => {
      const changes = await readWhole((page) => listPasswordChanges(admin.ctx(), page))
      admin.print(
        changes.map((change) => ({
          account: change.registryAccountId,
          to: change.toName,
          state: change.state,
          requested_at: change.requestedAt,
          requested_by: change.requestedBy,
          decided_at: change.decidedAt,
          code: change.answerCode,
          message: change.message,
        })),
      )
    })
  password
    .command('change')
    .description('makes the catcher change a password to the one of this name in its credentials')
    .argument('<account>', 'the registry account', someText)
    .argument('<name>', 'the name of the next password', someText)
    .requiredOption(...reasonOption)
    .action(async (registryAccountId, passwordName, { reason }) => {
      await requestPasswordChange(admin.ctx(), { registryAccountId, passwordName, reason })
      admin.print({ account: registryAccountId, to: passwordName, state: 'requested' })
    })
  password
    .command('cancel')
    .description('cancels a change that no catcher has begun')
    .argument('<account>', 'the registry account', someText)
    .requiredOption(...reasonOption)
    .action(async (registryAccountId, { reason }) => {
      await cancelPasswordChange(admin.ctx(), { registryAccountId, reason })
      admin.print({ account: registryAccountId, state: 'canceled' })
    })
  password
    .command('expires')
    .description('says when a password expires, where the registry does not say so itself')
    .argument('<account>', 'the registry account', someText)
    .argument('<time>', 'when', instant)
    .requiredOption(...reasonOption)
    .action(async (registryAccountId, expiresAt, { reason }) => {
      await setPasswordExpiry(admin.ctx(), { registryAccountId, expiresAt, reason })
      admin.print({ account: registryAccountId, expires_at: expiresAt })
    })
}
