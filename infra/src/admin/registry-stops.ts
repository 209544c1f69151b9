import { cancelMaintenance, listMaintenances, noteMaintenance } from '@droplock/core/maintenances'
import { listRegistryMessages } from '@droplock/core/registry-messages/read'
import { listStops } from '@droplock/core/registry-stops/read'
import { restartRegistry } from '@droplock/core/registry-stops/restart'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import type { Admin, Program } from './admin.ts'
import { instant, readWhole, reasonOption, someText, uuid } from './arguments.ts'

/** What happens at registries: stops by operators, announced maintenance, and what registries write. */
export function addRegistryStopVerbs(program: Program, admin: Admin): void {
  addStopVerbs(program, admin)
  addMaintenanceVerbs(program, admin)
  program
    .command('message')
    .description('messages of registries')
    .command('list')
    .description('lists them, the newest first')
    .action(async () => {
      const messages = await readWhole((page) => listRegistryMessages(admin.ctx(), page))
      admin.print(
        messages.map((message) => ({
          account: message.registryAccountId,
          id: message.messageId,
          kind: message.kind,
          received_at: message.receivedAt,
          about: message.about,
          text: message.text,
        })),
      )
    })
}

function addStopVerbs(program: Program, admin: Admin): void {
  const stops = program.command('stop').description('stops of registries: no create is sent there')
  stops
    .command('list')
    .description('lists them, the open ones first')
    .action(async () => {
      const listed = await readWhole((page) => listStops(admin.ctx(), page))
      admin.print(
        listed.map((stop) => ({
          registry: stop.registryId,
          reason: stop.reason,
          stopped_at: stop.stoppedAt,
          stopped_by: stop.stoppedBy,
          ended_at: stop.endedAt,
        })),
      )
    })
  stops
    .command('begin')
    .description(
      'stops a registry; while paid names are in their window two people do it by the operators’ API',
    )
    .argument('<registry>', 'which', someText)
    .requiredOption(...reasonOption)
    .action(async (registryId, { reason }) => {
      await stopRegistry(admin.ctx(), { registryId, reason })
      admin.print({ registry: registryId, stopped: true })
    })
  stops
    .command('end')
    .description('restarts a registry')
    .argument('<registry>', 'which', someText)
    .requiredOption(...reasonOption)
    .action(async (registryId, { reason }) => {
      await restartRegistry(admin.ctx(), { registryId, reason })
      admin.print({ registry: registryId, stopped: false })
    })
}

function addMaintenanceVerbs(program: Program, admin: Admin): void {
  const maintenance = program.command('maintenance').description('hours in which a registry is away')
  maintenance
    .command('list')
    .description('lists them, the latest first')
    .action(async () => {
      const listed = await readWhole((page) => listMaintenances(admin.ctx(), page))
      admin.print(
        listed.map((each) => ({
          id: each.id,
          registry: each.registryId,
          starts_at: each.startsAt,
          ends_at: each.endsAt,
          noted_by: each.notedBy,
          canceled_at: each.canceledAt,
        })),
      )
    })
  maintenance
    .command('add')
    .description('enters one; names with orders that drop during it raise an alarm')
    .argument('<registry>', 'which', someText)
    .argument('<from>', 'when it begins', instant)
    .argument('<to>', 'when it ends', instant)
    .requiredOption(...reasonOption)
    .action(async (registryId, startsAt, endsAt, { reason }) => {
      admin.print({ id: await noteMaintenance(admin.ctx(), { registryId, startsAt, endsAt, reason }) })
    })
  maintenance
    .command('cancel')
    .description('says that one does not take place')
    .argument('<id>', 'which', uuid)
    .requiredOption(...reasonOption)
    .action(async (id, { reason }) => {
      await cancelMaintenance(admin.ctx(), { id, reason })
      admin.print({ id, canceled: true })
    })
}
