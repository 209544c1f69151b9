import { Option } from '@commander-js/extra-typings'
import { addReceiver, disableReceiver, resendToReceiver } from '@droplock/core/receivers/administer'
import { listReceivers } from '@droplock/core/receivers/read'
import { alarmKinds } from '@droplock/rules/alarms'
import { receiverKinds } from '@droplock/rules/notifications'
import type { Admin, Program } from './admin.ts'
import { readWhole, reasonOption, someText, uuid } from './arguments.ts'

export function addReceiverVerbs(program: Program, admin: Admin): void {
  const receiver = program.command('receiver').description('whom alarms are sent to')
  receiver
    .command('add')
    .description('has alarms sent to a mail address or a webhook from now on')
    .argument('<address>', 'a mail address, or a URL', someText)
    .addOption(new Option('--kind <kind>', 'how').choices(receiverKinds).default('mail' as const))
    .option('--secret <name>', 'of a webhook: which of DROPLOCK_WEBHOOK_SECRETS signs it', someText)
    .addOption(new Option('--alarm <kind...>', 'only of these kinds; of all unless said').choices(alarmKinds))
    .option('--without-end', 'not when an alarm is over')
    .action(async (address, { kind, secret, alarm, withoutEnd }) => {
      const id = await addReceiver(admin.ctx(), {
        kind,
        address,
        alarmKinds: alarm ?? null,
        onClose: withoutEnd !== true,
        secretName: secret ?? null,
      })
      admin.print({ id })
    })
  receiver
    .command('list')
    .description('lists receivers and how they fare; the disabled ones come last')
    .action(async () => {
      const receivers = await readWhole((page) => listReceivers(admin.ctx(), page))
      admin.print(
        receivers.map((each) => ({
          id: each.id,
          kind: each.kind,
          address: each.address,
          alarms: each.alarmKinds ?? 'all',
          pending: each.pending,
          failed: each.failed,
          last_failure: each.lastFailure,
          disabled_at: each.disabledAt,
        })),
      )
    })
  receiver
    .command('resend')
    .description('sends again what a receiver did not take')
    .argument('<id>', 'which', uuid)
    .requiredOption(...reasonOption)
    .action(async (id, { reason }) =>
      admin.print({ id, resent: await resendToReceiver(admin.ctx(), { id, reason }) }),
    )
  receiver
    .command('disable')
    .description('sends nothing more to a receiver')
    .argument('<id>', 'which', uuid)
    .requiredOption(...reasonOption)
    .action(async (id, { reason }) => {
      await disableReceiver(admin.ctx(), { id, reason })
      admin.print({ id, disabled: true })
    })
}
