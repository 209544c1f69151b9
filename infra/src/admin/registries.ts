import { listOrderOfService } from '@droplock/core/order-of-service/list'
import { defineRegistry } from '@droplock/core/registries/define'
import { getRegistryDefinition } from '@droplock/core/registries/definition'
import { limitsIn } from '@droplock/epp/profiles/registrar-config'
import { unservedTexts } from '@droplock/rules/drop/unserved'
import type { Admin, Program } from './admin.ts'
import { instant, readText, readWhole, reasonOption, someText } from './arguments.ts'
import { parseRegistry, writeRegistry } from './registry-file.ts'

export function addRegistryVerbs(program: Program, admin: Admin): void {
  const registry = program
    .command('registry')
    .description('registries, our accounts at each, and the zones they serve')
  registry
    .command('put')
    .description('makes a registry what a file says of it, all or nothing, and lists what is different now')
    .argument('<file>', 'JSON; docs/installation.md shows one')
    .option(...reasonOption, someText)
    .action(async (file, { reason }) => {
      const definition = parseRegistry(readText(file))
      const changes = await defineRegistry(admin.ctx(), { ...definition, ...(reason && { reason }) })
      admin.print(
        changes.map(({ subjectType, subjectId, before }) => ({
          what: subjectType,
          id: subjectId,
          change: before === undefined ? 'added' : 'changed',
        })),
      )
    })
  registry
    .command('show')
    .description('writes the file of a registry as it is, to be changed and put back')
    .argument('<id>', 'which')
    .action(async (id) => {
      admin.write(writeRegistry(await getRegistryDefinition(admin.ctx(), id)))
    })
  registry
    .command('order-of-service')
    .description(
      'lists the paid names that drop soon in the order of service, and those that cannot be served',
    )
    .argument('<id>', 'which', someText)
    .option('--from <time>', 'drops from this time on; left out: from now on', instant)
    .option('--to <time>', 'drops until this time; left out: until the end of tomorrow', instant)
    .option('--unserved', 'only those that are not expected to be served')
    .action(async (registryId, { from, to, unserved }) => {
      const period = { registryId, from, to, ...(unserved && { served: false }) }
      const names = await readWhole((page) =>
        listOrderOfService(admin.ctx(), { ...period, ...page }, (...of) => limitsIn('drop', ...of)),
      )
      admin.print(
        names.map((one) => ({
          position: one.position,
          name: one.name,
          ordered_at: one.orderedAt,
          drop_from: one.dropFrom,
          release_at: one.releaseAt,
          basis: one.basis,
          place: `${one.place} of ${one.sharing}`,
          capacity: one.capacity,
          late_seconds: one.lateSeconds,
          reason: one.reason ?? null,
          meaning: one.reason === undefined ? null : unservedTexts[one.reason],
          cautions: one.cautions,
        })),
      )
    })
}
