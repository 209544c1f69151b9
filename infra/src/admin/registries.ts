import { defineRegistry } from '@droplock/core/registries/define'
import { getRegistryDefinition } from '@droplock/core/registries/definition'
import type { Admin, Program } from './admin.ts'
import { readText, reasonOption, someText } from './arguments.ts'
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
}
