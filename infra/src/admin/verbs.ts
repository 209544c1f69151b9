import { migrate } from '@droplock/core/database/migrate'
import type { Admin, Program } from './admin.ts'
import { addAuditVerbs } from './audit.ts'
import { addContactVerbs } from './contacts.ts'
import { addDriftVerbs } from './drift.ts'
import { addKeyVerbs } from './keys.ts'
import { addNameVerbs } from './names.ts'
import { addPasswordVerbs } from './passwords.ts'
import { addPriceVerbs } from './prices.ts'
import { addReceiverVerbs } from './receivers.ts'
import { addRegistryVerbs } from './registries.ts'
import { addRegistryStopVerbs } from './registry-stops.ts'
import { addResellerVerbs } from './resellers.ts'
import { addReservedVerbs } from './reserved.ts'
import { addRolesVerb } from './roles.ts'
import { addSandboxVerbs } from './sandbox.ts'
import { addScheduleVerbs } from './schedules.ts'
import { addSecretVerbs } from './secrets.ts'
import { addSellerVerb } from './seller.ts'
import { addSourceVerbs } from './sources.ts'
import { addStaffVerbs } from './staff.ts'
import { addZoneVerbs } from './zones.ts'

function addMigrateVerb(program: Program, admin: Admin): void {
  program
    .command('migrate')
    .description('makes the tables, or brings them up to this release; what is applied stays as it is')
    .action(async () => admin.print({ applied: await migrate(admin.config().DATABASE_URL) }))
}

/** Every noun adds its verbs to the command, in the order in which help lists them. */
export const verbs: readonly ((program: Program, admin: Admin) => void)[] = [
  addMigrateVerb,
  addRolesVerb,
  addStaffVerbs,
  addResellerVerbs,
  addKeyVerbs,
  addSellerVerb,
  addRegistryVerbs,
  addRegistryStopVerbs,
  addPasswordVerbs,
  addContactVerbs,
  addZoneVerbs,
  addSandboxVerbs,
  addPriceVerbs,
  addReservedVerbs,
  addScheduleVerbs,
  addDriftVerbs,
  addSourceVerbs,
  addNameVerbs,
  addReceiverVerbs,
  addAuditVerbs,
  addSecretVerbs,
]
