import type { Admin } from './admin.ts'
import { addContactVerbs } from './contacts.ts'
import { addKeyVerbs } from './keys.ts'
import { addMigrateVerb } from './migrate.ts'
import type { Program } from './program.ts'
import { addRegistryVerbs } from './registries.ts'
import { addResellerVerbs } from './resellers.ts'
import { addRolesVerb } from './roles.ts'
import { addSellerVerb } from './seller.ts'
import { addStaffVerbs } from './staff.ts'
import { addPriceVerbs, addZoneVerbs } from './zones.ts'

/** Every noun adds its verbs to the command, in the order in which help lists them. */
export const verbs: readonly ((program: Program, admin: Admin) => void)[] = [
  addMigrateVerb,
  addRolesVerb,
  addStaffVerbs,
  addResellerVerbs,
  addKeyVerbs,
  addSellerVerb,
  addRegistryVerbs,
  addContactVerbs,
  addZoneVerbs,
  addPriceVerbs,
]
